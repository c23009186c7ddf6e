import { and, eq, inArray, isNotNull, isNull, lt, notExists, or, sql } from 'drizzle-orm'
import {
  affiliateVisitorMarks,
  checkoutSessions,
  magicLinkTokens,
  outbox,
  paymentAttempts,
  rateLimits,
  stamSessions,
  webhookInbox,
  weoktoSessions,
} from '#db/schema/all.ts'
import type { Ctx } from './context.ts'

const DAY_MS = 86_400_000

/** Nightly: what has served and holds personal data goes. Money, invoices and the ledger are never touched. */
export async function purgeExpired(ctx: Ctx): Promise<{ purged: true }> {
  const daysAgo = (days: number) => new Date(ctx.now.getTime() - days * DAY_MS)
  await ctx.db.batch([
    ctx.db.delete(weoktoSessions).where(lt(weoktoSessions.expiresAt, ctx.now)),
    ctx.db.delete(stamSessions).where(lt(stamSessions.expiresAt, ctx.now)),
    ctx.db.delete(magicLinkTokens).where(lt(magicLinkTokens.expiresAt, daysAgo(1))),
    // A purchase is compared with the marks of the day before its checkout began, and a bank may take a day to answer.
    ctx.db.delete(affiliateVisitorMarks).where(lt(affiliateVisitorMarks.seenAt, daysAgo(3))),
    ctx.db.delete(rateLimits).where(lt(rateLimits.windowStart, daysAgo(1))),
    // A refund or a dispute of ours waits until the owner has dealt with it, however long; another business's does not.
    ctx.db
      .delete(webhookInbox)
      .where(
        and(lt(webhookInbox.receivedAt, daysAgo(90)), or(isNull(webhookInbox.payload), isNotNull(webhookInbox.handledAt), isNobodys(ctx))),
      ),
    ctx.db.delete(outbox).where(and(lt(outbox.sentAt, daysAgo(30)))),
    // Who never ordered left an address and nothing else; an order keeps its checkout, which its invoice names.
    ctx.db
      .delete(checkoutSessions)
      .where(and(eq(checkoutSessions.state, 'EXPIRED'), isNull(checkoutSessions.invoiceId), lt(checkoutSessions.expiresAt, daysAgo(90)))),
    ctx.db
      .update(checkoutSessions)
      .set({ state: 'EXPIRED', updatedAt: ctx.now })
      .where(
        and(
          inArray(checkoutSessions.state, ['IDENTIFY', 'CARD', 'REVIEW']),
          sql`${checkoutSessions.expiresAt} < ${daysAgo(1).toISOString()}::timestamp`,
        ),
      ),
  ])
  return { purged: true }
}

/** Another business's still: no payment of ours has come to bear its name. */
function isNobodys({ db }: Ctx) {
  const ours = db.select({ id: paymentAttempts.id }).from(paymentAttempts).where(eq(paymentAttempts.processorId, webhookInbox.processorId))
  return and(eq(webhookInbox.outcome, 'foreign'), notExists(ours))
}
