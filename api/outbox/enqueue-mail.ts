import type { Ctx } from '#api/context.ts'
import type { MailContent } from '#api/email/port.ts'
import { outbox } from '#db/schema/all.ts'
import { seal } from '#api/http/secrets.ts'

/** What an outbox row of kind `mail` holds once unsealed. */
export interface OutboxMail {
  from: string
  to: string
  subject: string
  html: string
  text: string
}

/**
 * The statement that promises a mail. It goes into the batch of the write that causes it, so a mail is sent exactly for what happened.
 * Sealed, because a sign-in link in clear would let a dump of the database open accounts. `dedupeKey` makes repeating the cause send once.
 */
export async function mailStatement(ctx: Ctx, input: { to: string; dedupeKey: string; mail: MailContent }) {
  const from = ctx.platform === 'WEOKTO' ? ctx.config.EMAIL_FROM_WEOKTO : ctx.config.EMAIL_FROM_STAM
  const content: OutboxMail = { from, to: input.to, ...input.mail }
  return ctx.db
    .insert(outbox)
    .values({ id: ctx.newId(), kind: 'mail', payload: await seal(ctx.config.SEAL_KEY, JSON.stringify(content)), dedupeKey: input.dedupeKey, nextAttemptAt: ctx.now, createdAt: ctx.now })
    .onConflictDoNothing({ target: outbox.dedupeKey })
}
