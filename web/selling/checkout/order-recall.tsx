import type { Checkout } from '#web/data/checkout.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Card } from '#web/ui/card.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { cardName } from './words.ts'

/** The order in three lines, while somebody else is being waited for. */
export function OrderRecall({ checkout }: { checkout: Checkout }) {
  const { card, product, summary } = checkout
  return (
    <Card>
      <Facts
        facts={[
          { label: m.catalogue_product(), value: product.name },
          ...(card ? [{ label: m.selling_card(), value: cardName(card) }] : []),
          { label: m.selling_checkout_due_today(), cents: summary.dueTodayCents, total: true },
        ]}
      />
    </Card>
  )
}
