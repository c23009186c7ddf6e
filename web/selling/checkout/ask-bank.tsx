import { messageOf } from '#web/data/api-error.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Button } from '#web/ui/button.tsx'
import { Notice } from '#web/ui/states.tsx'
import type { Waiting } from './use-waiting.ts'

/** Asks the processor how the payment stands, once more. */
export function AskBank({ waiting }: { waiting: Waiting }) {
  return (
    <>
      {waiting.error && <Notice tone="warning">{messageOf(waiting.error)}</Notice>}
      {waiting.isOver && <Notice>{m.selling_checkout_stopped_asking()}</Notice>}
      <Button icon="refresh" block busy={waiting.isAsking} onClick={waiting.askBank}>
        {m.selling_checkout_ask_now()}
      </Button>
    </>
  )
}
