import * as m from '#web/i18n/paraglide/messages.js'
import { PageHeader } from '#web/ui/page-header.tsx'
import { Notice } from '#web/ui/states.tsx'
import { AskBank } from './ask-bank.tsx'
import { OrderRecall } from './order-recall.tsx'
import type { CheckoutPage } from './use-checkout.ts'
import { useWaiting } from './use-waiting.ts'

/** The charge is on its way. Nothing to press until it takes unusually long. */
export function PayingStep({ page }: { page: CheckoutPage }) {
  const waiting = useWaiting(page)
  return (
    <div>
      <PageHeader title={m.selling_checkout_paying_title()} lead={m.selling_checkout_paying_text()} />
      <div className="ui-stack">
        <div className="checkout-pulse" aria-hidden="true" />
        <OrderRecall checkout={page.checkout} />
        {waiting.isLong && (
          <>
            <Notice>{m.selling_checkout_paying_long()}</Notice>
            <AskBank waiting={waiting} />
          </>
        )}
      </div>
    </div>
  )
}
