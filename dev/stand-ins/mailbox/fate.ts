import type { Draft } from './read-mail.ts'
import type { Suppressions } from './suppressions.ts'
import type { EventTeller, MailEventBody } from './tell.ts'

/** What becomes of a mail that was taken. */
export type Fate = 'delivered' | 'bounced' | 'complained' | 'suppressed'

export interface ReceivedMail extends Draft {
  id: string
  createdAt: string
  fate: Fate
}

/**
 * Resend's own test addresses, each with any `+label` (https://resend.com/docs/dashboard/emails/send-test-emails). Whether Resend keeps those on its
 * list is not said; here what bounced or complained is suppressed from then on, as every other address is there.
 */
export function fateOf(email: string, suppressions: Suppressions): Fate {
  if (suppressions.has(email)) return 'suppressed'
  const named = /^(bounced|complained|suppressed)(?:\+[^@]*)?@resend\.dev$/.exec(email)?.[1]
  return named === 'bounced' || named === 'complained' || named === 'suppressed' ? named : 'delivered'
}

/** Suppresses what Resend suppresses, and tells what it tells. */
export function meetFate(mail: ReceivedMail, email: string, fate: Fate, { suppressions, teller }: Parties): void {
  if (fate === 'delivered') return
  if (fate === 'bounced') suppressions.add(email, 'bounce', mail.id)
  if (fate === 'complained') suppressions.add(email, 'complaint', mail.id)
  teller.tell(eventOf(mail, email, fate))
}

export interface Parties {
  suppressions: Suppressions
  teller: EventTeller
}

function eventOf({ id, createdAt, from, subject }: ReceivedMail, email: string, fate: Fate): MailEventBody {
  const data = { created_at: createdAt, email_id: id, from, to: [email], subject, tags: {} }
  const bounce = { message: 'The mailbox does not exist.', subType: 'General', type: 'Permanent' }
  const suppressed = { message: 'The address is on the suppression list.', type: 'OnAccountSuppressionList' }
  const more = fate === 'bounced' ? { bounce } : fate === 'suppressed' ? { suppressed } : {}
  return { type: `email.${fate}`, created_at: new Date().toISOString(), data: { ...data, ...more } }
}
