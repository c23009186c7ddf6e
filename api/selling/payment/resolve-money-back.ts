import { and, eq, isNull, sql } from 'drizzle-orm'
import type * as z from 'zod/mini'
import { must, reloading } from '#db/client.ts'
import { webhookInbox } from '#db/schema/all.ts'
import { AppError } from '#domain/error.ts'
import { auditStatement } from '#api/audit.ts'
import { requireFresh, requirePermission } from '#api/authorize.ts'
import type { Ctx } from '#api/context.ts'
import { IS_OURS, SAYS_ALL } from './money-back-rows.ts'
import type { Resolve } from './resolve-discrepancy.ts'

/**
 * The owner says that a refund or a dispute which began at the processor has been dealt with, and how. With it go the messages that say no more than
 * it does; news of it waits again. Owner only, with a fresh sign-in.
 */
export async function resolveMoneyBack(ctx: Ctx, input: z.infer<typeof Resolve> & { id: string }): Promise<void> {
  const owner = requirePermission(ctx, 'selling.refunds')
  requireFresh(ctx, owner)
  await reloading(async () => {
    const message = await load(ctx, input.id)
    if (!message) throw new AppError('not_found')
    if (message.handledAt) throw new AppError('conflict')
    await write(ctx, message, input.reason)
  })
}

/** Another business's message is nobody's to deal with here, unless its payment turned out to be ours. */
async function load({ db }: Ctx, id: string) {
  const shown = sql`exists (select from ${webhookInbox} w where w.id = ${webhookInbox.id} and w.payload is not null and (w.outcome <> 'foreign' or ${IS_OURS}))`
  const { eventId, eventType, processorId, outcome, handledAt } = webhookInbox
  const [message] = await db
    .select({ id: webhookInbox.id, eventId, eventType, processorId, outcome, handledAt })
    .from(webhookInbox)
    .where(and(eq(webhookInbox.id, id), shown))
    .limit(1)
  return message
}

type Message = NonNullable<Awaited<ReturnType<typeof load>>>

async function write(ctx: Ctx, { id, ...before }: Message, reason: string): Promise<void> {
  const { db, now } = ctx
  await db.batch([
    must(
      db,
      'money_back_open',
      db
        .update(webhookInbox)
        .set({ handledAt: now })
        .where(and(eq(webhookInbox.id, id), isNull(webhookInbox.handledAt))),
    ),
    db.execute(sql`update ${webhookInbox} w set "handledAt" = ${now.toISOString()}::timestamp from ${webhookInbox} r
      where r.id = ${id} and w."handledAt" is null and w.payload is not null and ${SAYS_ALL}`),
    auditStatement(ctx, {
      action: 'payment.money_back_resolved',
      about: 'webhook_inbox',
      aboutId: id,
      before,
      after: { handledAt: now },
      reason,
    }),
  ])
}
