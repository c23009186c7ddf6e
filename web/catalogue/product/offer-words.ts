import { priceRhythm } from '#web/catalogue/words.ts'
import type { OpenCommunity } from '#web/data/communities.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { formatMoney } from '#web/ui/format.ts'

type Offer = OpenCommunity['offers'][number]

/** A card shows so many prices; the community's own page shows the rest. */
const MOST = 3

export function shownOffers(offers: readonly Offer[]): readonly Offer[] {
  return offers.slice(0, MOST)
}

/** « 49,00 € par mois », « 29,00 € par mois, après 7 jours gratuits ». */
export function offerPrice(offer: Offer): string {
  const price = `${formatMoney(offer.priceCents)} ${priceRhythm(offer.billingInterval)}`
  if (offer.trialDays === null || offer.trialDays === 0) return price
  const days = offer.trialDays
  const cents = offer.trialCents ?? 0
  return cents === 0
    ? m.catalogue_offer_after_trial({ price, days })
    : m.catalogue_offer_after_paid_trial({ price, days, amount: formatMoney(cents) })
}
