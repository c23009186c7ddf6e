import { messageOf } from '#web/data/api-error.ts'
import { useChange } from '#web/data/mutation.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Button } from '#web/ui/button.tsx'
import { Notice } from '#web/ui/states.tsx'
import { toast } from '#web/ui/toasts.tsx'
import { useResendPause } from './use-resend.ts'

/** Sends the mail again, after a pause that leaves the first one time to arrive. */
export function ResendButton({ onSend }: { onSend: () => Promise<unknown> }) {
  const pause = useResendPause()
  const send = useChange(
    { run: onSend, changes: [] },
    {
      onAnswer: () => {
        pause.restart()
        toast(m.identity_signin_resent())
      },
    },
  )
  return (
    <>
      <Button look="quiet" icon="mail" disabled={pause.waiting} busy={send.isPending} onClick={() => send.mutate()}>
        {pause.waiting ? m.identity_signin_resend_in({ seconds: pause.left }) : m.identity_signin_resend()}
      </Button>
      {send.error && <Notice tone="danger">{messageOf(send.error)}</Notice>}
    </>
  )
}
