import type { ReactNode } from 'react'
import type { Platform } from '#domain/base/enums.ts'
import { messageOf } from '#web/data/api-error.ts'
import { useChange } from '#web/data/mutation.ts'
import { liftMark, type Person } from '#web/data/people.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { StatusBadge } from '#web/ui/badge.tsx'
import { Button } from '#web/ui/button.tsx'
import { Notice } from '#web/ui/states.tsx'
import { toast } from '#web/ui/toasts.tsx'

type Marked = {
  person: Person
  platform: Platform
  /** How they stand, which is said once no mark says more; that somebody is banned is said beside it. */
  children: ReactNode
}

/** The button goes with the mark: whoever pressed it keeps their place, unless they have gone on by themselves. */
const keepFocus = (element: HTMLElement | null): void => {
  if (document.activeElement === document.body) element?.focus()
}

/** That no mail reaches somebody, why, and the way to change it once their mailbox is well or they have asked for our mails again. */
export function EmailMark({ person, platform, children }: Marked) {
  const lift = useChange(liftMark, { onAnswer: () => toast(m.identity_mark_lift_asked()) })
  if (person.emailMark === null) {
    if (lift.isIdle) return children
    return (
      <div ref={keepFocus} tabIndex={-1}>
        {children}
      </div>
    )
  }
  return (
    <div className="ui-stack">
      {person.bannedAt && children}
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
