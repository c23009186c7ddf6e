import type { Offer } from '#web/data/checkout.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Card } from '#web/ui/card.tsx'
import { Facts, type Fact } from '#web/ui/facts.tsx'
import { Money } from '#web/ui/money.tsx'
import { lineName, renewalSentence, taxName, type Summary } from './words.ts'

type Sold = Pick<Offer, 'product' | 'plan' | 'community'> & { summary: Summary }

/** The lines of an order and what they sum to. The tax is shown once its country is known. */
export function orderFacts({ plan, summary }: Pick<Sold, 'plan' | 'summary'>, withTax: boolean): Fact[] {
  return [
    ...summary.lines.map((line) => ({ label: lineName(line.kind, plan), cents: line.amountCents })),
    { label: m.selling_checkout_due_today(), cents: summary.dueTodayCents, total: true },
    ...(withTax ? [{ label: taxName(summary), cents: summary.taxCents }] : []),
  ]
}

/** What is being bought, beside the step one is at; folded on a phone, where the step comes first. */
export function OrderAside({ sold, withTax = true }: { sold: Sold; withTax?: boolean }) {
  const body = (
    <div className="ui-stack">
      <Facts facts={orderFacts(sold, withTax)} />
      <p className="ui-small">{renewalSentence(sold.summary)}</p>
    </div>
  )
  return (
    <Card className="checkout-aside">
      <p className="ui-small ui-muted">{m.selling_checkout_order_title()}</p>
      <div className="ui-row ui-row--between">
        <h2 className="checkout-aside__name">{sold.product.name}</h2>
        <span className="checkout-aside__due">
          <Money cents={sold.summary.dueTodayCents} />
        </span>
      </div>
      <p className="ui-muted ui-small checkout-aside__plan">{sold.plan.name}</p>
      <details className="checkout-aside__fold">
        <summary>{m.selling_checkout_details()}</summary>
        {body}
      </details>
      <div className="checkout-aside__open">{body}</div>
    </Card>
  )
}
