import { useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import { messageOf } from '#web/data/api-error.ts'
import { useChange } from '#web/data/mutation.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Button } from '#web/ui/button.tsx'
import { CodeInput } from '#web/ui/code-input.tsx'
import { Field } from '#web/ui/field.tsx'
import { Form } from '#web/ui/form.tsx'

const LENGTH = 6

type CodeFormProps = {
  hint?: ReactNode
  submitLabel: string
  /** Resolves when the code was right; what it throws is shown beneath the field. */
  onCode: (code: string) => Promise<unknown>
}

/** The mailed code, sent by itself at the sixth digit. A wrong one is emptied, so that the next can be typed at once. */
export function CodeForm({ hint, submitLabel, onCode }: CodeFormProps) {
  const [code, setCode] = useState('')
  const [short, setShort] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  // It is what the page before it was left for.
  useLayoutEffect(() => input.current?.focus(), [])
  const check = useChange({ run: onCode, changes: [] }, { onError: () => setCode('') })

  function change(digits: string) {
    // Not disabled while it is checked, which would take the focus away.
    if (check.isPending) return
    setCode(digits)
    setShort(false)
    if (check.isError && digits !== '') check.reset()
  }
  function submit() {
    if (check.isPending) return
    if (code.length === LENGTH) check.mutate(code)
    else setShort(true)
  }
  const error = check.error ? messageOf(check.error) : short ? m.identity_signin_code_short() : undefined
  return (
    <Form onSubmit={submit} refusal={check.error}>
      <Field label={m.identity_signin_code()} hint={hint} error={error}>
        <CodeInput
          value={code}
          onValue={change}
          onComplete={(digits) => !check.isPending && check.mutate(digits)}
          ref={input}
          name="code"
        />
      </Field>
      <Button type="submit" look="primary" size="large" block busy={check.isPending}>
        {submitLabel}
      </Button>
    </Form>
  )
}
