import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { messageOf } from '#web/data/api-error.ts'
import type { Offer } from '#web/data/checkout.ts'
import { meQuery } from '#web/data/me.ts'
import { useChange } from '#web/data/mutation.ts'
import { requestSignIn } from '#web/data/sign-in.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { ButtonLink } from '#web/shell/links.tsx'
import { Button } from '#web/ui/button.tsx'
import { PageHeader } from '#web/ui/page-header.tsx'
import { Notice } from '#web/ui/states.tsx'

type AlreadyOwnedProps = {
  community: Offer['community']
  /** Where the way in is mailed to, for somebody who has not signed in. */
  email?: string
}

/** Nobody pays twice for the same thing: the way to what one has. */
export function AlreadyOwned({ community, email }: AlreadyOwnedProps) {
  const { data: me } = useQuery(meQuery)
  const isIn = email === undefined || me?.user?.email === email
  return (
    <div>
      <PageHeader
        title={m.selling_checkout_owned_title()}
        lead={isIn ? m.selling_checkout_owned_text() : m.selling_checkout_owned_mail_text({ email })}
      />
      {isIn ? (
        <div className="ui-row">
          <ButtonLink to={community.path} look="primary" icon="arrowRight">
            {m.selling_checkout_enter({ community: community.name })}
          </ButtonLink>
          <ButtonLink to="/account" look="quiet" icon="user">
            {m.selling_checkout_open_account()}
          </ButtonLink>
        </div>
      ) : (
        <MailWayIn community={community} email={email} />
      )}
    </div>
  )
}

function MailWayIn({ community, email }: Required<AlreadyOwnedProps>) {
  const navigate = useNavigate()
  const send = useChange(requestSignIn, {
    onDone: ({ minutes }) =>
      navigate({ to: '/sign-in', search: { next: community.path }, state: { mailSentTo: email, mailMinutes: minutes } }),
  })
  return (
    <div className="ui-stack">
      {send.error && <Notice tone="danger">{messageOf(send.error)}</Notice>}
      <div>
        <Button look="primary" icon="mail" busy={send.isPending} onClick={() => send.mutate({ email, next: community.path })}>
          {m.selling_checkout_owned_mail({ community: community.name })}
        </Button>
      </div>
    </div>
  )
}
