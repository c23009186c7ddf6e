import { useState } from 'react'
import { resolveDecision, type Decision } from '#web/data/decisions.ts'
import { useChange } from '#web/data/mutation.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Refusal } from '#web/shell/refusal.tsx'
import { Button } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { Field } from '#web/ui/field.tsx'
import { Form } from '#web/ui/form.tsx'
import { Textarea } from '#web/ui/inputs.tsx'
import { toast } from '#web/ui/toasts.tsx'

/** The owner says that it has been dealt with, and how: the reason stands in the audit log. */
export function ResolveDialog({ decision, onClose }: { decision: Decision | undefined; onClose: () => void }) {
  return (
    <Dialog open={decision !== undefined} onClose={onClose} title={m.selling_decide_resolve_title()}>
      {decision && <ResolveForm key={decision.id} decision={decision} onDone={onClose} />}
    </Dialog>
  )
}

function ResolveForm({ decision, onDone }: { decision: Decision; onDone: () => void }) {
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const resolve = useChange(resolveDecision, {
    onAnswer: () => {
      toast(m.selling_decide_resolved())
      onDone()
    },
  })
  const isMissing = reason.trim().length < 3
  function submit() {
    setTried(true)
    if (!isMissing && !resolve.isPending) resolve.mutate({ decision, reason: reason.trim() })
  }
  return (
    <Form className="ui-stack" onSubmit={submit} refusal={resolve.error}>
      <p>{decision.what === 'discrepancy' ? m.selling_decide_resolve_text() : m.selling_decide_resolve_back()}</p>
      <Facts facts={factsOf(decision)} />
      <Field
        label={m.selling_decide_reason()}
        hint={m.selling_decide_reason_hint()}
        error={tried && isMissing ? m.selling_decide_reason_missing() : undefined}
      >
        <Textarea rows={3} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
      </Field>
      {resolve.error && <Refusal error={resolve.error} />}
      <Button look="primary" type="submit" busy={resolve.isPending} block>
        {m.selling_decide_resolve()}
      </Button>
    </Form>
  )
}

function factsOf(decision: Decision) {
  const { buyerEmail, productName, processorId } = decision
  const cents = decision.what === 'discrepancy' ? decision.saidCents : decision.amountCents
  return [
    { label: m.selling_buyer(), value: buyerEmail ?? m.selling_decide_nobody() },
    ...(productName === null ? [] : [{ label: m.catalogue_product(), value: productName }]),
    ...(processorId === null ? [] : [{ label: m.selling_decide_processor(), value: <code className="wk-id">{processorId}</code> }]),
    ...(cents === null ? [] : [{ label: m.base_amount(), cents, total: true }]),
  ]
}
