import { and, eq, gt, inArray, isNull, or, sql, lt } from 'drizzle-orm'
import { dbError, must, reloading } from '#db/client.ts'
import { captureSessions, checkoutSessions, customers, invoices, plans, products, stamUsers, webhookInbox } from '#db/schema/all.ts'
import { orderSummary } from '#domain/catalogue/plan.ts'
import { AppError } from '#domain/error.ts'
import type { CheckoutState } from '#domain/selling/enums.ts'
import { captureWebhook, type CapturedCard } from '#api/adapters/pci-vault/webhook.ts'
import type { Ctx } from '#api/context.ts'
import { sha256Hex } from '#api/crypto.ts'
import { policyOf, selectPolicy } from '#api/policy.ts'
import { proveSender } from '#api/webhooks/prove-sender.ts'
import { readJson } from '#api/webhooks/read-json.ts'
import { closeCapture } from './close-capture.ts'
import { draftInvoice, invoiceOf } from './draft-invoice.ts'
import { cardHadTrial } from './trial-card.ts'

const TAKES_CARD: CheckoutState[] = ['CARD', 'REVIEW']

export interface ReceiveCaptureInput {
  captureId: string
  /** The header by which the vault proves itself. */
  secret: string | undefined
  /** As received, to the letter: its hash makes a repeated delivery recognisable. */
  body: string
}

/**
 * The vault brought a card: token and safe data go into the checkout, and the DRAFT invoice that the order page restates is made. A repeat
 * does nothing; a late capture never replaces a card whose capture began after its own, and one from a form that has been closed is not taken.
 */
export async function receiveCapture(ctx: Ctx, input: ReceiveCaptureInput): Promise<'taken' | 'repeat' | 'stale'> {
  return reloading(() => receiveOnce(ctx, input))
}

async function receiveOnce(ctx: Ctx, input: ReceiveCaptureInput): Promise<'taken' | 'repeat' | 'stale'> {
  if (!input.secret) throw new AppError('unauthorized')
  const loaded = await load(ctx, input.captureId)
  const { capture, checkout } = loaded
  await proveSender(ctx, capture, input.secret)
  const parsed = captureWebhook.safeParse(readJson(input.body))
  if (!parsed.success) throw new AppError('invalid_input')
  const stale = checkout.cardCapturedAt !== null && checkout.cardCapturedAt.getTime() >= capture.captureStartedAt.getTime()
  // While a card is being charged it stays: what is kept for renewals is what the bank said yes to.
  const closed = capture.closedAt !== null || !TAKES_CARD.includes(checkout.state) || checkout.expiresAt.getTime() <= ctx.now.getTime()
  const outcome = stale ? 'stale' : closed ? 'late' : 'taken'
  const inbox = {
    id: ctx.newId(),
    source: 'pci-vault',
    attemptId: capture.id,
    bodyHash: await sha256Hex(input.body),
    receivedAt: ctx.now,
    outcome,
  }
  try {
    if (outcome === 'taken') await takeCard(ctx, loaded, parsed.data, inbox)
    else await ctx.db.batch([ctx.db.insert(webhookInbox).values(inbox), closeCapture(ctx, sql`id = ${capture.id}`)])
  } catch (error) {
    if (dbError(error)?.code === '23505' && dbError(error)?.constraint === 'webhook_inbox_source_attemptId_bodyHash_key') return 'repeat'
    throw error
  }
  return outcome === 'taken' ? 'taken' : 'stale'
}

async function load(ctx: Ctx, captureId: string) {
  const [rows, policies, earlier] = await ctx.db.batch([
    ctx.db
      .select({
        capture: captureSessions,
        checkout: checkoutSessions,
        plan: plans,
        product: products,
        invoice: invoices,
      })
      .from(captureSessions)
      .innerJoin(checkoutSessions, eq(checkoutSessions.id, captureSessions.checkoutSessionId))
      .innerJoin(plans, eq(plans.id, checkoutSessions.planId))
      .innerJoin(products, eq(products.id, checkoutSessions.productId))
      .leftJoin(invoices, eq(invoices.id, checkoutSessions.invoiceId))
      .where(eq(captureSessions.id, captureId))
      .limit(1),
    selectPolicy(ctx),
    // What this person already had of the product.
    ctx.db
      .select({ trialUsedAt: customers.trialUsedAt, status: customers.status })
      .from(customers)
      .innerJoin(stamUsers, eq(stamUsers.id, customers.stamUserId))
      .innerJoin(checkoutSessions, and(eq(checkoutSessions.productId, customers.productId), eq(checkoutSessions.email, stamUsers.email)))
      .innerJoin(captureSessions, eq(captureSessions.checkoutSessionId, checkoutSessions.id))
      .where(eq(captureSessions.id, captureId))
      .limit(1),
  ])
  const [row] = rows
  if (!row) throw new AppError('not_found')
  return { ...row, policy: policyOf(policies[0]), had: earlier[0] ?? null }
}

type Loaded = Awaited<ReturnType<typeof load>>

async function takeCard(ctx: Ctx, loaded: Loaded, card: CapturedCard, inbox: typeof webhookInbox.$inferInsert): Promise<void> {
  const { db, now } = ctx
  const { checkout, capture, plan, product, policy, had } = loaded
  // The card is judged by itself: what an earlier one in this checkout had used up is not held against it.
  const summary = orderSummary(plan, {
    country: checkout.country,
    policy,
    now,
    returning: had?.status === 'EXPIRED',
    trialUsed: (had?.trialUsedAt ?? null) !== null || (await hadTrial(ctx, product.id, card.token)),
  })
  const email = sql`${checkout.email}::citext`
  const userId = sql<string>`(select id from ${stamUsers} where email = ${email})`
  const customerId = sql<string>`(select c.id from ${customers} c join ${stamUsers} u on u.id = c."stamUserId" where u.email = ${email} and c."productId" = ${product.id})`
  const person = { id: ctx.newId(), email: checkout.email, authId: ctx.newId(), locale: checkout.locale, createdAt: now, updatedAt: now }
  const newer = or(isNull(checkoutSessions.cardCapturedAt), lt(checkoutSessions.cardCapturedAt, capture.captureStartedAt))
  await db.batch([
    db.insert(webhookInbox).values(inbox),
    db.insert(stamUsers).values(person).onConflictDoNothing({ target: stamUsers.email }),
    db
      .insert(customers)
      .values({
        id: ctx.newId(),
        stamUserId: userId,
        productId: product.id,
        status: 'INCOMPLETE',
        country: checkout.country,
        createdAt: now,
        updatedAt: now,
      })
      .onConflictDoNothing({ target: [customers.stamUserId, customers.productId] }),
    ...draftInvoice(ctx, { ...loaded, customerId, summary }),
    // The draft above was priced for this card, so it stands only together with it.
    must(
      db,
      'checkout_takes_card',
      db
        .update(checkoutSessions)
        .set({
          state: 'REVIEW',
          stamUserId: userId,
          customerId,
          invoiceId: invoiceOf(checkout.id),
          cardToken: card.token,
          cardRef: card.reference ?? checkout.id,
          brand: card.brand,
          last4: card.last4,
          expMonth: card.expMonth,
          expYear: card.expYear,
          cardCountry: card.country,
          cardCapturedAt: capture.captureStartedAt,
          updatedAt: now,
        })
        .where(
          and(
            eq(checkoutSessions.id, checkout.id),
            inArray(checkoutSessions.state, TAKES_CARD),
            gt(checkoutSessions.expiresAt, now),
            newer,
          ),
        ),
    ),
    must(
      db,
      'capture_open',
      db
        .update(captureSessions)
        .set({ usedAt: now })
        .where(and(eq(captureSessions.id, capture.id), isNull(captureSessions.closedAt))),
    ),
    closeCapture(ctx, sql`id = ${capture.id}`),
  ])
}

async function hadTrial(ctx: Ctx, productId: string, token: string): Promise<boolean> {
  const { rows } = await ctx.db.execute<{ had: boolean }>(sql`select ${cardHadTrial(productId, token)} as had`)
  return rows[0]?.had === true
}
