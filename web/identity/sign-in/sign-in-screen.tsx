import './sign-in.css'
import { useLocation, useNavigate, useRouter, useSearch } from '@tanstack/react-router'
import { useChange } from '#web/data/mutation.ts'
import { confirmSignIn, requestSignIn } from '#web/data/sign-in.ts'
import { textOf } from '#web/shell/search.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Button } from '#web/ui/button.tsx'
import { Card } from '#web/ui/card.tsx'
import { PageHeader } from '#web/ui/page-header.tsx'
import { CodeForm } from './code-form.tsx'
import { EmailForm } from './email-form.tsx'
import { ResendButton } from './resend-button.tsx'
import { useMails } from './use-resend.ts'
import { useSignedIn } from './use-signed-in.ts'

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** The address a mail was sent to: kept in the history entry, so that a reload and Back both work and no address stands in a URL. */
    mailSentTo?: string
    mailMinutes?: number
  }
}

/** One page for both sites: an address, then the code that was mailed to it. */
export function SignInScreen() {
  const { state } = useLocation()
  const next = textOf(useSearch({ strict: false }), 'next')
  return (
    <div className="sign-in">
      {state.mailSentTo ? <MailSent email={state.mailSentTo} minutes={state.mailMinutes} next={next} /> : <AskEmail next={next} />}
    </div>
  )
}

function AskEmail({ next }: { next: string | undefined }) {
  const navigate = useNavigate()
  const ask = useChange(requestSignIn)
  async function send(email: string) {
    const { minutes } = await ask.mutateAsync({ email, next })
    await typeCode(email, { mailMinutes: minutes })
  }
  function typeCode(email: string, state: { mailMinutes?: number } = {}) {
    return navigate({ to: '.', search: true, state: { mailSentTo: email, ...state } })
  }
  return (
    <>
      <PageHeader title={m.base_sign_in()} lead={m.identity_signin_lead()} />
      <Card>
        <EmailForm onEmail={send} onHasCode={(email) => void typeCode(email)} />
      </Card>
      <p className="ui-small ui-muted sign-in__foot">{m.identity_signin_new()}</p>
    </>
  )
}

type MailSentProps = { email: string; minutes: number | undefined; next: string | undefined }

function MailSent({ email, minutes, next }: MailSentProps) {
  const confirm = useChange(confirmSignIn, { onDone: useSignedIn() })
  const ask = useChange(requestSignIn)
  const router = useRouter()
  const mails = useMails(() => ask.mutateAsync({ email, next }))
  return (
    <>
      <PageHeader title={m.identity_signin_sent_title()} lead={m.identity_signin_sent_text({ email })} />
      <Card>
        <div className="ui-stack">
          <CodeForm
            key={mails.sent}
            hint={minutes === undefined ? undefined : m.identity_signin_code_hint({ minutes })}
            submitLabel={m.identity_signin_confirm()}
            onCode={(code) => confirm.mutateAsync({ email, code })}
          />
          <div className="ui-row">
            <ResendButton onSend={mails.sendNext} />
            <Button look="quiet" icon="arrowLeft" onClick={() => router.history.back()}>
              {m.identity_signin_other_email()}
            </Button>
          </div>
          <p className="ui-small ui-muted">{m.identity_signin_junk()}</p>
        </div>
      </Card>
    </>
  )
}
