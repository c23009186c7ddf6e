import '../sign-in/sign-in.css'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useChange } from '#web/data/mutation.ts'
import { meQuery } from '#web/data/me.ts'
import { setupQuery } from '#web/data/setup.ts'
import { requestSignIn } from '#web/data/sign-in.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { ButtonLink } from '#web/shell/links.tsx'
import { Card } from '#web/ui/card.tsx'
import { PageHeader } from '#web/ui/page-header.tsx'
import { EmptyState, Notice } from '#web/ui/states.tsx'
import { EmailForm } from '../sign-in/email-form.tsx'
import { KeyForm } from './key-form.tsx'

/** The first page of a platform that nobody owns yet: an address that is proven, then the key. */
export function SetupScreen() {
  const { state } = useSuspenseQuery(setupQuery).data
  const { user } = useSuspenseQuery(meQuery).data
  if (state === 'closed') return <Closed />
  return (
    <div className="sign-in">
      <PageHeader title={m.identity_setup_title()} lead={m.identity_setup_lead()} />
      {state === 'keyless' && (
        <Notice tone="warning" title={m.identity_setup_keyless()}>
          <p>{m.identity_setup_keyless_text()}</p>
        </Notice>
      )}
      {user ? <TheKey email={user.email} /> : <TheAddress />}
    </div>
  )
}

/** The mail's code is typed where everybody types theirs, and leads back here. */
function TheAddress() {
  const navigate = useNavigate()
  const ask = useChange(requestSignIn)
  const typeCode = (email: string, mailMinutes?: number) =>
    navigate({ to: '/sign-in', search: { next: '/setup' }, state: { mailSentTo: email, ...(mailMinutes && { mailMinutes }) } })
  async function send(email: string) {
    const { minutes } = await ask.mutateAsync({ email, next: '/setup' })
    await typeCode(email, minutes)
  }
  return (
    <Card title={m.identity_setup_address()}>
      <div className="ui-stack">
        <p className="ui-muted">{m.identity_setup_address_text()}</p>
        <EmailForm onEmail={send} onHasCode={(email) => void typeCode(email)} />
      </div>
    </Card>
  )
}

function TheKey({ email }: { email: string }) {
  return (
    <Card title={m.identity_setup_key_title()}>
      <div className="ui-stack">
        <p className="ui-muted">{m.identity_setup_key_text({ email })}</p>
        <KeyForm />
      </div>
    </Card>
  )
}

function Closed() {
  return (
    <EmptyState
      page
      icon="lock"
      title={m.identity_setup_closed()}
      action={
        <ButtonLink to="/admin" look="primary" icon="shield">
          {m.base_back_office()}
        </ButtonLink>
      }
    >
      {m.identity_setup_closed_text()}
    </EmptyState>
  )
}
