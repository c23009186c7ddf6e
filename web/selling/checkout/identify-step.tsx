import { proveEmail, resendCode } from '#web/data/checkout.ts'
import { useChange } from '#web/data/mutation.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { CodeForm } from '#web/identity/sign-in/code-form.tsx'
import { ResendButton } from '#web/identity/sign-in/resend-button.tsx'
import { useMails } from '#web/identity/sign-in/use-resend.ts'
import { Card } from '#web/ui/card.tsx'
import { PageHeader } from '#web/ui/page-header.tsx'
import { WaitNotice } from './wait-notice.tsx'
import type { CheckoutPage } from './use-checkout.ts'
import { useWait } from './use-wait.ts'

/** An address that somebody uses already is proven by the mailed code. The words are the same for whoever tries it. */
export function IdentifyStep({ page }: { page: CheckoutPage }) {
  const { checkout, learn } = page
  const { mutateAsync: proveAddress } = useChange(proveEmail)
  const { mutateAsync: mailCode } = useChange(resendCode)

  async function prove(code: string) {
    try {
      await proveAddress({ id: checkout.id, code })
    } catch (error) {
      learn(error)
      throw error
    }
  }
  const hold = useWait(page)
  const mails = useMails(() => mailCode(checkout.id))
  // With a card there already, the code is asked for because payments were refused.
  const lead = checkout.card ? m.selling_checkout_identify_declines : m.selling_checkout_identify_text
  return (
    <div>
      <PageHeader title={m.selling_checkout_identify_title()} lead={lead({ email: checkout.email })} />
      <div className="ui-stack">
        {hold !== null && <WaitNotice until={hold} />}
        <Card>
          <div className="ui-stack">
            <CodeForm key={mails.sent} submitLabel={m.selling_checkout_continue()} onCode={prove} />
            <ResendButton onSend={mails.sendNext} />
          </div>
        </Card>
      </div>
    </div>
  )
}
