import * as z from 'zod/mini'
import { outbox } from '#db/schema/all.ts'
import type { MailContent } from '#api/adapters/mail/port.ts'
import type { Ctx } from '#api/context.ts'
import { seal } from '#api/crypto.ts'

/** What an outbox row of kind `mail` holds once unsealed. */
export const OutboxMail = z.object({ from: z.string(), to: z.string(), subject: z.string(), html: z.string(), text: z.string() })
export type OutboxMail = z.infer<typeof OutboxMail>

/** A mail is sealed, because a sign-in link in clear would let a dump of the database open accounts. */
export async function sealMail(ctx: Ctx, to: string, mail: MailContent): Promise<string> {
  const from = ctx.platform === 'WEOKTO' ? ctx.config.EMAIL_FROM_WEOKTO : ctx.config.EMAIL_FROM_STAM
  const content: OutboxMail = { from, to, ...mail }
  return seal(ctx.config.SEAL_KEY, JSON.stringify(content))
}

/** Rows that only name what their mails are about. Those are composed here and go together, up to a hundred in one request. */
export const COMPOSED_KINDS = ['receipt', 'owner-alert', 'dispute-alert', 'health-alert'] as const
/** Those that each owner gets, and not one reader. */
export const OWNERS_KINDS = ['owner-alert', 'dispute-alert', 'health-alert'] as const satisfies readonly ComposedKind[]
export type ComposedKind = (typeof COMPOSED_KINDS)[number]

/**
 * mail: a code that somebody waits for, whole and sealed; it goes first, and alone · delete-capture, close-sockets, lift-suppression: no mails, and
 * in no row behind them · batch: mails that were composed together.
 */
export type OutboxKind = 'mail' | 'delete-capture' | 'close-sockets' | 'lift-suppression' | 'batch' | ComposedKind

/**
 * The statement that promises something to the outside. It goes into the batch of the write that causes it, so that it happens exactly for
 * what happened; `dedupeKey` makes repeating the cause send once.
 */
export function outboxStatement(ctx: Ctx, row: { kind: OutboxKind; payload: string; dedupeKey: string }) {
  return ctx.db
    .insert(outbox)
    .values({ id: ctx.newId(), ...row, nextAttemptAt: ctx.now, createdAt: ctx.now })
    .onConflictDoNothing({ target: outbox.dedupeKey })
}
