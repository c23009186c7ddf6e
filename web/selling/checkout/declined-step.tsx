import { useState } from 'react'
import { TRIAL_USED } from '#domain/selling/settlement.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Button } from '#web/ui/button.tsx'
import { PageHeader } from '#web/ui/page-header.tsx'
import { Notice } from '#web/ui/states.tsx'
import { declineText, mayRetrySameCard } from './decline.ts'
import { WaitNotice } from './wait-notice.tsx'
import { OrderRecall } from './order-recall.tsx'
import { ReviewStep } from './review-step.tsx'
import type { CheckoutPage } from './use-checkout.ts'
import { useWait } from './use-wait.ts'

/** The bank said no: why, in plain words, that nothing was charged, and the two ways on. */
export function DeclinedStep({ page, onOtherCard }: { page: CheckoutPage; onOtherCard: () => void }) {
  const { checkout } = page
  const [again, setAgain] = useState(false)
  const code = checkout.declineCode ?? ''
  const hold = useWait(page)
  if (again) return <ReviewStep page={page} onOtherCard={onOtherCard} />
  return (
    <div>
      <PageHeader title={code === TRIAL_USED ? m.selling_checkout_declined_trial_title() : m.selling_checkout_declined_title()} />
      <div className="ui-stack">
        {hold !== null && <WaitNotice until={hold} />}
        <Notice tone="danger" title={declineText(code)}>
          {m.selling_checkout_declined_nothing()}
        </Notice>
        <OrderRecall checkout={checkout} />
        <Button look="primary" size="large" icon="card" block onClick={onOtherCard}>
          {m.selling_checkout_another_card()}
        </Button>
        {checkout.card && mayRetrySameCard(code) && (
          <Button size="large" icon="refresh" block disabled={hold !== null} onClick={() => setAgain(true)}>
            {sameCardLabel(code, checkout.card.last4 ?? '')}
          </Button>
        )}
      </div>
    </div>
  )
}

/** After a trial that the card had used up the bank is asked nothing again: the same order is seen at its price. */
function sameCardLabel(code: string, last4: string): string {
  return code === TRIAL_USED ? m.selling_checkout_declined_trial_go() : m.selling_checkout_same_card({ last4 })
}
