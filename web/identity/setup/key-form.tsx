import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { ApiError } from '#web/data/api-error.ts'
import { useChange } from '#web/data/mutation.ts'
import { openBusiness } from '#web/data/setup.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Refusal } from '#web/shell/refusal.tsx'
import { Button } from '#web/ui/button.tsx'
import { Field } from '#web/ui/field.tsx'
import { Form } from '#web/ui/form.tsx'
import { TextInput } from '#web/ui/inputs.tsx'
import { toast } from '#web/ui/toasts.tsx'

/** The key that makes an owner. It is never kept: whoever reloads types it again. */
export function KeyForm() {
  const [key, setKey] = useState('')
  const [isTried, setTried] = useState(false)
  const navigate = useNavigate()
  const open = useChange(openBusiness, {
    onAnswer: () => toast(m.identity_setup_done()),
    onDone: () => navigate({ to: '/admin', replace: true }),
  })
  const refused = open.error instanceof ApiError ? open.error.fields['key'] : undefined
  const missing = isTried && key.trim() === '' ? m.identity_setup_key_missing() : undefined
  function submit() {
    setTried(true)
    if (key.trim() !== '' && !open.isPending) open.mutate(key)
  }
  return (
    <Form onSubmit={submit} refusal={open.error}>
      <Field label={m.identity_setup_key()} hint={m.identity_setup_key_hint()} error={missing ?? refused}>
        <TextInput
          name="setup-key"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={200}
          value={key}
          onChange={(event) => setKey(event.target.value)}
        />
      </Field>
      {open.error && !refused && <Refusal error={open.error} />}
      <Button type="submit" look="primary" size="large" block busy={open.isPending}>
        {m.identity_setup_open()}
      </Button>
    </Form>
  )
}
