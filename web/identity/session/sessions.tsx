import { useSuspenseQuery } from '@tanstack/react-query'
import { messageOf } from '#web/data/api-error.ts'
import { useChange } from '#web/data/mutation.ts'
import { endOtherSessions, revokeSession, sessionsQuery, type Session } from '#web/data/sessions.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Refusal } from '#web/shell/refusal.tsx'
import { Badge } from '#web/ui/badge.tsx'
import { Button } from '#web/ui/button.tsx'
import { RelativeTime } from '#web/ui/date-time.tsx'
import { formatDay } from '#web/ui/format.ts'
import { Notice } from '#web/ui/states.tsx'
import { toast } from '#web/ui/toasts.tsx'
import { deviceName } from './device.ts'

/** The browsers one is signed in with, each but this one to be closed from here. */
export function Sessions() {
  const { sessions } = useSuspenseQuery(sessionsQuery).data
  return (
    <>
      <ul className="account-sessions">
        {sessions.map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </ul>
      {sessions.some(({ current }) => !current) && <EndOthers />}
    </>
  )
}

function EndOthers() {
  const end = useChange(endOtherSessions, { onAnswer: () => toast(m.identity_sessions_ended()) })
  return (
    <div className="ui-stack account-sessions__all">
      {end.error && <Refusal error={end.error} />}
      <Button busy={end.isPending} onClick={() => end.mutate()}>
        {m.identity_sessions_end_others()}
      </Button>
    </div>
  )
}

function SessionRow({ session }: { session: Session }) {
  const device = deviceName(session.userAgent)
  const close = useChange(revokeSession, { onAnswer: () => toast(m.identity_session_closed()) })
  return (
    <li className="account-sessions__row">
      <div>
        <p className="ui-strong">{device}</p>
        <p className="ui-small ui-muted">
          {m.identity_session_seen()} <RelativeTime at={session.lastSeenAt} />, {m.base_since({ day: formatDay(session.createdAt) })}
        </p>
        {close.error && <Notice tone="danger">{messageOf(close.error)}</Notice>}
      </div>
      {session.current ? (
        <Badge tone="success">{m.identity_session_current()}</Badge>
      ) : (
        <Button
          size="small"
          busy={close.isPending}
          onClick={() => close.mutate(session.id)}
          aria-label={m.identity_session_close_label({ device })}
        >
          {m.identity_session_close()}
        </Button>
      )}
    </li>
  )
}
