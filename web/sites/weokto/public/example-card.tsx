import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { policyQuery } from '#web/data/policy.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Card } from '#web/ui/card.tsx'
import { calculate, FIRST_SALE } from './calculate.ts'
import { SaleReceipt } from './sale-receipt.tsx'

/** One sale worked out by the rules in force, which are heavier than the page: it follows the first paint. Without them there is no example. */
export default function ExampleCard() {
  const { data: policy, isPending } = useQuery(policyQuery)
  const [now] = useState(() => new Date())
  if (isPending) return <span className="ui-skeleton landing__example" aria-hidden="true" />
  const sale = policy && calculate(FIRST_SALE, policy, now)
  if (!sale) return null
  return (
    <Card title={m.sites_landing_example()}>
      <div className="ui-stack">
        <SaleReceipt guess={FIRST_SALE} sale={sale} />
        <p className="ui-small ui-muted">{m.sites_landing_example_text()}</p>
      </div>
    </Card>
  )
}
