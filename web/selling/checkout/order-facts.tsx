import type { Checkout } from '#web/data/checkout.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Button } from '#web/ui/button.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { formatCountry } from '#web/ui/format.ts'
import { cardExpiry, cardName, lineName, nextCharge, taxName } from './words.ts'

/** The order in figures: its lines, tax and total, what is charged next, and to whom and what card. */
export function OrderFacts({ checkout, onOtherCard }: { checkout: Checkout; onOtherCard: () => void }) {
  const { summary, plan, card } = checkout
  return (
    <>
      <Facts
        facts={[
          { label: m.catalogue_plan(), value: plan.name },
          ...summary.lines.map((line) => ({ label: lineName(line.kind, plan), cents: line.amountCents })),
          { label: m.selling_checkout_excl_tax(), cents: summary.exclCents },
          { label: taxName(summary), cents: summary.taxCents },
          { label: m.selling_checkout_due_today(), cents: summary.dueTodayCents, total: true },
          { label: m.selling_next_charge(), value: nextCharge(summary) },
          { label: m.selling_checkout_account_email(), value: checkout.email },
          { label: m.selling_checkout_country(), value: formatCountry(checkout.country) },
        ]}
      />
      {card && (
        <div className="ui-row ui-row--between checkout-card">
          <div>
            <p className="ui-strong">{cardName(card)}</p>
            <p className="ui-small ui-muted">{cardExpiry(card)}</p>
          </div>
          <Button size="small" icon="card" onClick={onOtherCard}>
            {m.selling_checkout_card_change()}
          </Button>
        </div>
      )}
    </>
  )
}
