import type { ErrorComponentProps } from '@tanstack/react-router'
import { ApiError } from '#web/data/api-error.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { ButtonLink } from '#web/shell/links.tsx'
import { RouteProblem } from '#web/shell/problem.tsx'
import { usePageTitle } from '#web/ui/page-header.tsx'
import { EmptyState } from '#web/ui/states.tsx'

/** Another browser, or an address that was cut: the order is not shown, and what to do is. */
export function CheckoutProblem(props: ErrorComponentProps) {
  const { error } = props
  usePageTitle(m.selling_checkout_order_title())
  if (!(error instanceof ApiError) || (error.status !== 404 && error.status !== 422)) return <RouteProblem {...props} />
  return (
    <>
      <h1 className="ui-hidden">{m.selling_checkout_order_title()}</h1>
      <EmptyState
        icon="lock"
        title={m.selling_checkout_not_here_title()}
        action={
          <ButtonLink to="/sign-in" look="primary">
            {m.base_sign_in()}
          </ButtonLink>
        }
      >
        {m.selling_checkout_not_here_text()}
      </EmptyState>
    </>
  )
}
