import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense, type ReactNode } from 'react'
import type { PublicPolicy } from '#domain/base/public-policy.ts'
import { policyQuery } from '#web/data/policy.ts'
import { classNames } from '#web/ui/class-names.ts'

type WithPolicyProps = { children: (policy: PublicPolicy) => ReactNode; className?: string }

/**
 * What a page tells of the rules in force. Until they are read, and in the HTML that was written before anybody asked, an empty block stands here:
 * no number is shown that may not be so. `className` gives the block its height.
 */
export function WithPolicy({ children, className }: WithPolicyProps) {
  return (
    <Suspense fallback={<span className={classNames('ui-skeleton', className ?? 'how__rules')} aria-hidden="true" />}>
      <Read>{children}</Read>
    </Suspense>
  )
}

function Read({ children }: Pick<WithPolicyProps, 'children'>) {
  return children(useSuspenseQuery(policyQuery).data)
}
