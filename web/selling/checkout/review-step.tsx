import { useState } from 'react'
import { ApiError, messageOf } from '#web/data/api-error.ts'
import { placeOrder, type Checkout } from '#web/data/checkout.ts'
import { useChange } from '#web/data/mutation.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Button } from '#web/ui/button.tsx'
import { Card } from '#web/ui/card.tsx'
import { Checkbox } from '#web/ui/choice.tsx'
import { Form } from '#web/ui/form.tsx'
import { PageHeader } from '#web/ui/page-header.tsx'
import { Notice } from '#web/ui/states.tsx'
import { WaitNotice, holdTitle } from './wait-notice.tsx'
import { OrderFacts } from './order-facts.tsx'
import type { CheckoutPage } from './use-checkout.ts'
import { useWait } from './use-wait.ts'
import { orderLabel, renewalSentence } from './words.ts'

/** Everything the buyer agrees to, restated right above the one button that obliges them to pay. */
export function ReviewStep({ page, onOtherCard }: { page: CheckoutPage; onOtherCard: () => void }) {
  const { checkout } = page
  const days = checkout.coolingOffDays
  const hold = useWait(page)
  return (
    <div>
      <PageHeader title={m.selling_checkout_review_title()} />
      <div className="ui-stack">
        {hold !== null && <WaitNotice until={hold} />}
        <Card title={checkout.product.name}>
          <div className="ui-stack">
            {checkout.product.shortDescription && <p className="ui-muted">{checkout.product.shortDescription}</p>}
            <OrderFacts checkout={checkout} onOtherCard={onOtherCard} />
            <p>{renewalSentence(checkout.summary)}</p>
          </div>
        </Card>
        <Notice title={m.selling_checkout_cooling_off_title({ days })}>{m.selling_checkout_cooling_off_text({ days })}</Notice>
        <OrderForm page={page} hold={hold} />
      </div>
    </div>
  )
}

function OrderForm({ page, hold }: { page: CheckoutPage; hold: string | null }) {
  const { checkout } = page
  const [ofAge, setOfAge] = useState(false)
  const [start, setStart] = useState(false)
  const [asked, setAsked] = useState(false)
  const order = useOrder(page)

  function submit() {
    setAsked(true)
    if (ofAge && start && !order.isPending && hold === null) order.mutate(orderOf(checkout))
  }
  return (
    <Form onSubmit={submit} refusal={order.error}>
      <Card>
        <Checkbox
          label={m.selling_checkout_age()}
          checked={ofAge}
          onChange={(event) => setOfAge(event.target.checked)}
          error={asked && !ofAge ? m.selling_checkout_age_missing() : undefined}
        />
        <Checkbox
          label={m.selling_checkout_start()}
          hint={m.selling_checkout_start_hint({ days: checkout.coolingOffDays })}
          checked={start}
          onChange={(event) => setStart(event.target.checked)}
          error={asked && !start ? m.selling_checkout_start_missing() : undefined}
        />
      </Card>
      {hold !== null ? (
        <p className="ui-small">{holdTitle(hold)}</p>
      ) : (
        order.error && <Notice tone="danger">{messageOf(order.error)}</Notice>
      )}
      <Button type="submit" look="primary" size="large" block busy={order.isPending} disabled={hold !== null}>
        {orderLabel(checkout.summary)}
      </Button>
    </Form>
  )
}

function useOrder({ ask, hurry, learn }: CheckoutPage) {
  return useChange(placeOrder, {
    // The order may have been taken although its answer was lost, or from another page: only asking tells, and the step then changes by itself.
    onError: async (error) => {
      await (error instanceof ApiError && error.code === 'payment_in_progress' ? hurry() : ask())
      learn(error)
    },
  })
}

/** What the page restated is what the buyer agrees to. */
function orderOf({ id, summary, termsVersion }: Checkout) {
  return { id, order: { amountCents: summary.dueTodayCents, termsVersion, ageConfirmed: true, immediateStart: true } } as const
}
