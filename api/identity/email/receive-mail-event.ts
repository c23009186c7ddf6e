import { webhookInbox } from '#db/schema/all.ts'
import { bareAddress } from '#domain/base/email-address.ts'
import { decideEmailState, NOTHING_KNOWN } from '#domain/identity/email-state.ts'
import { AppError } from '#domain/error.ts'
import {
  BadMailSignature,
  readMailEvent,
  verifyMailWebhook,
  type MailEvent,
  type WebhookHeaders,
} from '#api/adapters/mail/resend-webhook.ts'
import type { Ctx } from '#api/context.ts'
import { sha256Hex } from '#api/crypto.ts'
import { joinEmailState, liftIfProvenSince, releaseWithheld } from './statements.ts'

/** `foreign`: a mail that was not ours, of an account that somebody shares with us. */
export type ReceivedMailEvent = 'noted' | 'ignored' | 'foreign' | 'repeat'

/**
 * What became of a mail, as its provider tells it, signature first. The message and its effect are one transaction; a repeat does nothing, and
 * would change nothing if it did.
 */
export async function receiveMailEvent(ctx: Ctx, { headers, body }: { headers: WebhookHeaders; body: string }): Promise<ReceivedMailEvent> {
  await prove(ctx, headers, body)
  const said = readMailEvent(body)
  if (said === null) throw new AppError('invalid_input')
  if (said.kind === 'ignored') return 'ignored'
  const outcome = isOurs(ctx, said) ? 'noted' : 'foreign'
  const row = { id: ctx.newId(), source: 'mail', eventId: headers.id ?? '', eventType: said.type, bodyHash: await sha256Hex(body) }
  const inbox = ctx.db
    .insert(webhookInbox)
    .values({ ...row, receivedAt: ctx.now, outcome })
    .onConflictDoNothing()
    .returning({ id: webhookInbox.id })
  const state = decideEmailState(NOTHING_KNOWN, said.event)
  const effect =
    outcome === 'noted'
      ? [joinEmailState(ctx, said.email, state), liftIfProvenSince(ctx, said.email, row.eventId), releaseWithheld(ctx)]
      : []
  const [stored] = await ctx.db.batch([inbox, ...effect])
  return stored.length > 0 ? outcome : 'repeat'
}

async function prove(ctx: Ctx, headers: WebhookHeaders, body: string): Promise<void> {
  try {
    await verifyMailWebhook(headers, body, ctx.now, ctx.config.EMAIL_WEBHOOK_SECRET)
  } catch (error) {
    if (error instanceof BadMailSignature) throw new AppError(error.reason === 'missing' ? 'unauthorized' : 'forbidden')
    throw error
  }
}

/** Of the provider's list, which is ours alone, or of a mail that one of our two senders wrote. */
function isOurs({ config }: Ctx, { from }: MailEvent & { kind: 'state' }): boolean {
  return from === null || [config.EMAIL_FROM_WEOKTO, config.EMAIL_FROM_STAM].some((sender) => bareAddress(sender) === bareAddress(from))
}
