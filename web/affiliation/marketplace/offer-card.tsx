import { useSuspenseQuery } from '@tanstack/react-query'
import { commissionTotal } from '#domain/affiliation/commission.ts'
import { cents, taxOf } from '#domain/base/money.ts'
import { vatBps } from '#domain/base/vat.ts'
import type { PublicPolicy } from '#domain/base/public-policy.ts'
import { EXAMPLE_COUNTRY } from '#web/catalogue/example-country.ts'
import { intervalWords, rateText } from '#web/catalogue/words.ts'
import { policyQuery } from '#web/data/policy.ts'
import type { Offered } from '#web/data/products.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Badge } from '#web/ui/badge.tsx'
import { Card } from '#web/ui/card.tsx'
import { Facts, type Fact } from '#web/ui/facts.tsx'
import { formatMoney } from '#web/ui/format.ts'
import { OfferLink } from './offer-link.tsx'

type Plan = Offered['plans'][number]

function priceText({ priceCents, billingInterval, trialDays }: Plan): string {
  const price = `${formatMoney(priceCents)} ${intervalWords[billingInterval]()}`
  return trialDays ? `${price}, ${m.affiliation_market_trial({ count: trialDays })}` : price
}

/** What one sale of the dearest plan brings with a buyer in France: by the very rule that will pay it. */
function exampleOf({ plans, rateType, rate }: Offered, policy: PublicPolicy): string | null {
  const price = Math.max(0, ...plans.map((plan) => plan.priceCents))
  if (price === 0) return null
  const base = taxOf(cents(price), vatBps(policy, EXAMPLE_COUNTRY)).excl
  const amount = commissionTotal({ rateType, rate }, base, null)
  return m.affiliation_market_example_value({ amount: formatMoney(amount), price: formatMoney(price) })
}

function factsOf(offer: Offered, policy: PublicPolicy): Fact[] {
  const example = exampleOf(offer, policy)
  const prices = offer.plans.map(priceText)
  return [
    ...(example ? [{ label: m.affiliation_market_example(), value: example }] : []),
    { label: m.affiliation_market_cookie(), value: m.affiliation_market_days({ count: offer.cookieDurationDays }) },
    {
      label: m.affiliation_market_renewals(),
      value: offer.includeRenewals ? m.affiliation_market_renewals_yes() : m.affiliation_market_renewals_no(),
    },
    ...(prices.length > 0
      ? [{ label: m.affiliation_market_prices(), value: <span className="offer-prices">{prices.join('\n')}</span> }]
      : []),
  ]
}

export function OfferCard({ offer }: { offer: Offered }) {
  const policy = useSuspenseQuery(policyQuery).data
  const { communityName, supplierName } = offer
  const from =
    supplierName && supplierName !== communityName
      ? `${communityName}, ${m.affiliation_market_by({ supplier: supplierName })}`
      : communityName
  return (
    <Card className="offer">
      <div className="offer__head">
        <div>
          <h2>{offer.name}</h2>
          <p className="ui-small ui-muted">{from}</p>
        </div>
        {offer.isFeatured && <Badge tone="accent">{m.catalogue_featured()}</Badge>}
      </div>
      {offer.shortDescription && <p>{offer.shortDescription}</p>}
      <p className="offer__rate">{m.affiliation_market_rate({ rate: rateText(offer.rateType, offer.rate) })}</p>
      {offer.isFree && <p className="ui-small ui-muted">{m.affiliation_market_free()}</p>}
      <Facts facts={factsOf(offer, policy)} />
      <OfferLink offer={offer} />
    </Card>
  )
}
