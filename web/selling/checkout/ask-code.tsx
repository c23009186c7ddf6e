import { ApiError, messageOf } from '#web/data/api-error.ts'
import { proveEmail, resendCode } from '#web/data/checkout.ts'
import { useChange } from '#web/data/mutation.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { CodeForm } from '#web/identity/sign-in/code-form.tsx'
import { ResendButton } from '#web/identity/sign-in/resend-button.tsx'
import { useMails } from '#web/identity/sign-in/use-resend.ts'
import { Button } from '#web/ui/button.tsx'
import { Card } from '#web/ui/card.tsx'
import { PageHeader } from '#web/ui/page-header.tsx'
import { Notice } from '#web/ui/states.tsx'
import type { CheckoutPage } from './use-checkout.ts'

/** The code that is asked for after the first step: mailed when the buyer says so, because a page that is only reloaded sends nothing. */
export function AskCode({ page }: { page: CheckoutPage }) {
  const { checkout } = page
  const prove = useChange(proveEmail)
  const send = useChange(resendCode)
  const again = useChange(resendCode)
  const mails = useMails(() => again.mutateAsync(checkout.id))
  // No more mails for now, but those that went out may still work.
  const isLimited = send.error instanceof ApiError && send.error.code === 'mails_limited'
  return (
    <Card>
      <div className="ui-stack">
        {send.error && <Notice tone={isLimited ? 'info' : 'danger'}>{messageOf(send.error)}</Notice>}
        {send.isSuccess || isLimited ? (
          <>
            <CodeForm
              key={mails.sent}
              hint={m.selling_checkout_prove_sent({ email: checkout.email })}
              submitLabel={m.selling_checkout_continue()}
              onCode={(code) => prove.mutateAsync({ id: checkout.id, code })}
            />
            <ResendButton onSend={mails.sendNext} />
          </>
        ) : (
          <Button look="primary" size="large" icon="mail" block busy={send.isPending} onClick={() => send.mutate(checkout.id)}>
            {m.selling_checkout_prove_send()}
          </Button>
        )}
      </div>
    </Card>
  )
}

/** Before an order: the same question as at the first step, in words that tell a stranger nothing. */
export function AskCodeStep({ page }: { page: CheckoutPage }) {
  return (
    <div>
      <PageHeader title={m.selling_checkout_identify_title()} lead={m.selling_checkout_prove_text({ email: page.checkout.email })} />
      <AskCode page={page} />
    </div>
  )
}
