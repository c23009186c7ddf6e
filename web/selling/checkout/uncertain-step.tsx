import * as m from '#web/i18n/paraglide/messages.js'
import { PageHeader } from '#web/ui/page-header.tsx'
import { AskBank } from './ask-bank.tsx'
import { OrderRecall } from './order-recall.tsx'
import type { CheckoutPage } from './use-checkout.ts'
import { useWaiting } from './use-waiting.ts'

/** No answer came. Money may have moved, so this is never called a failure and offers no second payment. */
export function UncertainStep({ page }: { page: CheckoutPage }) {
  const waiting = useWaiting(page)
  return (
    <div>
      <PageHeader title={m.selling_checkout_uncertain_title()} lead={m.selling_checkout_uncertain_text({ email: page.checkout.email })} />
      <div className="ui-stack">
        <div className="checkout-pulse" aria-hidden="true" />
        <OrderRecall checkout={page.checkout} />
        <AskBank waiting={waiting} />
      </div>
    </div>
  )
}
