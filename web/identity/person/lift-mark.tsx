import type { Platform } from '#domain/base/enums.ts'
import { messageOf } from '#web/data/api-error.ts'
import { useChange } from '#web/data/mutation.ts'
import { liftMark, type Person } from '#web/data/people.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { StatusBadge } from '#web/ui/badge.tsx'
import { Button } from '#web/ui/button.tsx'
import { Notice } from '#web/ui/states.tsx'
import { toast } from '#web/ui/toasts.tsx'

/** That no mail reaches somebody, why, and the way to change it once their mailbox is well or they have asked for our mails again. */
export function EmailMark({ person, platform }: { person: Person; platform: Platform }) {
  const lift = useChange(liftMark, { onAnswer: () => toast(m.identity_mark_lift_asked()) })
  if (person.emailMark === null) return null
  return (
    <div className="ui-stack">
      <StatusBadge
        tone="danger"
        label={person.emailMark === 'complained' ? m.identity_mark_complained() : m.identity_mark_bounced()}
        why={person.emailMark === 'complained' ? m.identity_mark_complained_why() : m.identity_mark_bounced_why()}
      />
      {lift.error && <Notice tone="danger">{messageOf(lift.error)}</Notice>}
      <div>
        <Button
          size="small"
          busy={lift.isPending}
          onClick={() => lift.mutate({ person, platform })}
          aria-label={m.identity_mark_lift_label({ email: person.email })}
        >
          {m.identity_mark_lift()}
        </Button>
      </div>
    </div>
  )
}
