import { useState } from 'react'
import { emailAddress } from '#domain/base/email-address.ts'
import { ApiError, messageOf } from '#web/data/api-error.ts'
import { useChange } from '#web/data/mutation.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Button } from '#web/ui/button.tsx'
import { Field } from '#web/ui/field.tsx'
import { Form } from '#web/ui/form.tsx'
import { EmailInput } from '#web/ui/inputs.tsx'
import { Notice } from '#web/ui/states.tsx'

type EmailFormProps = {
  onEmail: (email: string) => Promise<unknown>
  /** The way on for somebody who is sent no more mails for now and has one. */
  onHasCode: (email: string) => void
}

export function EmailForm({ onEmail, onHasCode }: EmailFormProps) {
  const [email, setEmail] = useState('')
  const [wrong, setWrong] = useState(false)
  const send = useChange({ run: onEmail, changes: [] })
  const refused = send.error instanceof ApiError && 'email' in send.error.fields
  const isLimited = send.error instanceof ApiError && send.error.code === 'mails_limited'

  function submit() {
    if (send.isPending) return
    const address = emailAddress.safeParse(email)
    setWrong(!address.success)
    if (address.success) send.mutate(address.data)
  }
  return (
    <Form onSubmit={submit} refusal={send.error}>
      <Field label={m.identity_email()} error={wrong || refused ? m.identity_email_wrong() : undefined}>
        <EmailInput name="email" value={email} onChange={(event) => setEmail(event.target.value)} />
      </Field>
      {send.error && !refused && <Notice tone={isLimited ? 'info' : 'danger'}>{messageOf(send.error)}</Notice>}
      {isLimited && (
        <Button size="large" icon="mail" block onClick={() => onHasCode(send.variables ?? email)}>
          {m.identity_signin_has_code()}
        </Button>
      )}
      <Button type="submit" look="primary" size="large" block busy={send.isPending}>
        {m.identity_signin_send()}
      </Button>
    </Form>
  )
}
