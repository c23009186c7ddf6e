import { useState } from 'react'
import * as m from '#web/i18n/paraglide/messages.js'
import { Card } from '#web/ui/card.tsx'
import { calculate, FIRST_SALE } from './calculate.ts'
import { SaleReceipt } from './sale-receipt.tsx'

/** One sale worked out by the rules themselves, which are heavier than the page: it follows the first paint. */
export default function ExampleCard() {
  const [now] = useState(() => new Date())
  const sale = calculate(FIRST_SALE, now)
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
