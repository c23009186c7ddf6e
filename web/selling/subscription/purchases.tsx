import type { Platform } from '#domain/base/enums.ts'
import { communityPath } from '#domain/community/community-path.ts'
import type { Purchase } from '#web/data/purchases.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { cardName } from '#web/selling/checkout/words.ts'
import { ButtonLink } from '#web/shell/links.tsx'
import { StatusBadge } from '#web/ui/badge.tsx'
import { Card } from '#web/ui/card.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { formatDay, formatMoney } from '#web/ui/format.ts'
import { EmptyState } from '#web/ui/states.tsx'
import { purchaseStatus } from './purchase-status.ts'

type PurchasesProps = { purchases: readonly Purchase[]; platform: Platform }

/** Everything one has bought, newest first: how it stands and what it will cost. */
export function Purchases({ purchases, platform }: PurchasesProps) {
  if (purchases.length === 0) {
    return (
      <EmptyState icon="shop" title={m.selling_owned_none()} action={<ButtonLink to="/">{m.selling_see_communities()}</ButtonLink>}>
        {m.selling_owned_none_text()}
      </EmptyState>
    )
  }
  return (
    <ul className="ui-grid account-owned">
      {purchases.map((purchase) => (
        <li key={purchase.id}>
          <PurchaseCard purchase={purchase} path={communityPath(platform, purchase.community.slug)} />
        </li>
      ))}
    </ul>
  )
}

function PurchaseCard({ purchase, path }: { purchase: Purchase; path: string }) {
  const { nextCharge, card } = purchase
  const status = purchaseStatus(purchase)
  const next = nextCharge
    ? m.selling_next_charge_value({ amount: formatMoney(nextCharge.amountCents), day: formatDay(nextCharge.at) })
    : m.selling_next_none()
  return (
    <Card className="account-owned__card">
      <div>
        <h3>{purchase.productName}</h3>
        {purchase.community.name !== purchase.productName && <p className="ui-small ui-muted">{purchase.community.name}</p>}
      </div>
      <StatusBadge {...status} />
      <Facts
        facts={[
          ...(purchase.planName === null ? [] : [{ label: m.catalogue_plan(), value: purchase.planName }]),
          { label: m.selling_next_charge(), value: next },
          { label: m.selling_card(), value: card ? cardWords(card) : m.selling_card_none() },
        ]}
      />
      {purchase.hasAccess && (
        <ButtonLink to={path} icon="arrowRight" block>
          {m.selling_open()}
          <span className="ui-hidden"> {purchase.community.name}</span>
        </ButtonLink>
      )}
    </Card>
  )
}

function cardWords(card: NonNullable<Purchase['card']>): string {
  const { expMonth, expYear } = card
  if (expMonth === null || expYear === null) return cardName(card)
  return m.selling_card_value({ card: cardName(card), month: String(expMonth).padStart(2, '0'), year: expYear })
}
