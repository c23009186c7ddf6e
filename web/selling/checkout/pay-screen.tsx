import { useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { priceRhythm } from '#web/catalogue/words.ts'
import { offerQuery, type Offer } from '#web/data/checkout.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Card } from '#web/ui/card.tsx'
import { formatMoney } from '#web/ui/format.ts'
import { PageHeader } from '#web/ui/page-header.tsx'
import { Notice } from '#web/ui/states.tsx'
import { AlreadyOwned } from './already-owned.tsx'
import { PayForm } from './pay-form.tsx'
import { Stepper } from './stepper.tsx'
import { renewalSentence } from './words.ts'

/** Where a payment button leads: what it sells, then whose it will be. */
export function PayScreen() {
  const { buttonKey } = useParams({ strict: false })
  const { data: offer } = useSuspenseQuery(offerQuery(buttonKey ?? ''))
  if (offer.isOwned) return <AlreadyOwned community={offer.community} />
  return (
    <>
      <Stepper step="IDENTIFY" />
      <PageHeader title={m.selling_checkout_pay_title({ community: offer.community.name })} lead={offer.product.shortDescription} />
      <div className="checkout-columns">
        <Card>
          <div className="ui-stack">
            {offer.isForReturning && <Notice>{m.selling_checkout_returning_only()}</Notice>}
            <PayForm offer={offer} />
          </div>
        </Card>
        <OfferCard offer={offer} />
      </div>
    </>
  )
}

function OfferCard({ offer }: { offer: Offer }) {
  const { plan, summary, product } = offer
  const isFreeTrial = summary.trialEndsAt !== null && summary.dueTodayCents === 0 && plan.trialDays !== null
  return (
    <Card className="checkout-offer">
      <h2>{product.name}</h2>
      <p className="ui-muted ui-small">{plan.name}</p>
      <p className="checkout-offer__price">
        {isFreeTrial ? (
          m.selling_checkout_trial_free({ days: plan.trialDays ?? 0 })
        ) : (
          <>
            {formatMoney(summary.dueTodayCents)}
            {summary.trialEndsAt === null && <span className="checkout-offer__rhythm"> {priceRhythm(plan.billingInterval)}</span>}
          </>
        )}
      </p>
      <p>{renewalSentence(summary)}</p>
      <p className="ui-small ui-muted">{m.selling_checkout_vat_included()}</p>
    </Card>
  )
}
