import { and, eq, gt, inArray, isNull, or, sql, lt } from 'drizzle-orm'
import { dbError, must, reloading } from '#db/client.ts'
import {
  captureSessions,
  checkoutSessions,
  customers,
  invoices,
  manualPaymentButtons,
  plans,
  products,
  stamUsers,
  webhookInbox,
} from '#db/schema/all.ts'
import type { CheckoutState } from '#domain/enums.ts'
import { AppError } from '#domain/error.ts'
import { orderSummary } from '#domain/plan.ts'
import type { Ctx } from '#api/context.ts'
import { sha256Hex } from '#api/http/secrets.ts'
import { captureWebhook, type CapturedCard } from '#api/pci-vault/webhook.ts'
import { proveSender } from '#api/webhook/prove-sender.ts'
import { readJson } from '#api/webhook/read-json.ts'
import { closeCapture } from './close-capture.ts'
import { policyOf, policyQuery } from './offer.ts'
import { summaryView } from './summary-view.ts'

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
        button: { id: manualPaymentButtons.id },
      })
      .from(captureSessions)
      .innerJoin(checkoutSessions, eq(checkoutSessions.id, captureSessions.checkoutSessionId))
      .innerJoin(manualPaymentButtons, eq(manualPaymentButtons.id, checkoutSessions.buttonId))
      .innerJoin(plans, eq(plans.id, checkoutSessions.planId))
      .innerJoin(products, eq(products.id, checkoutSessions.productId))
      .where(eq(captureSessions.id, captureId))
      .limit(1),
    policyQuery(ctx),
    // One trial per person and card token per product, so anybody's earlier trial of this product counts; the card is compared below.
    ctx.db
      .select({ email: stamUsers.email, token: customers.pciVaultToken, trialUsedAt: customers.trialUsedAt, status: customers.status })
      .from(customers)
      .innerJoin(stamUsers, eq(stamUsers.id, customers.stamUserId))
      .innerJoin(checkoutSessions, eq(checkoutSessions.productId, customers.productId))
      .innerJoin(captureSessions, eq(captureSessions.checkoutSessionId, checkoutSessions.id))
      .where(
        and(
          eq(captureSessions.id, captureId),
          or(eq(stamUsers.email, checkoutSessions.email), eq(customers.pciVaultToken, checkoutSessions.cardToken)),
        ),
      )
      .limit(100),
  ])
  const [row] = rows
  if (!row) throw new AppError('not_found')
  return { ...row, policy: policyOf(policies[0]), earlier }
}

type Loaded = Awaited<ReturnType<typeof load>>

async function takeCard(ctx: Ctx, loaded: Loaded, card: CapturedCard, inbox: typeof webhookInbox.$inferInsert): Promise<void> {
  const { db, now } = ctx
  const { checkout, capture, plan, product, policy } = loaded
  const returning = loaded.earlier.some((row) => row.status === 'EXPIRED' && row.email.toLowerCase() === checkout.email.toLowerCase())
  const trialUsed = loaded.earlier.some((row) => row.trialUsedAt !== null) || (await cardHadTrial(ctx, product.id, card.token))
  const summary = orderSummary(plan, { country: checkout.country, policy, now, returning, trialUsed })
  const email = sql`${checkout.email}::citext`
  const userId = sql<string>`(select id from ${stamUsers} where email = ${email})`
  const customerId = sql<string>`(select c.id from ${customers} c join ${stamUsers} u on u.id = c."stamUserId" where u.email = ${email} and c."productId" = ${product.id})`
  const person = { id: ctx.newId(), email: checkout.email, authId: ctx.newId(), locale: checkout.locale, createdAt: now, updatedAt: now }
  const invoiceId = checkout.invoiceId ?? ctx.newId()
  const invoice = {
    amountExcludingTax: summary.exclCents,
    taxAmount: summary.taxCents,
    amountIncludingTax: summary.dueTodayCents,
    kind: summary.kind,
    taxRateBps: summary.taxRateBps,
    country: checkout.country,
    periodStart: now,
    periodEnd: summary.periodEnd,
    metadata: { summary: summaryView(summary) },
    updatedAt: now,
  }
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
    db
      .insert(invoices)
      .values({
        ...invoice,
        id: invoiceId,
        customerId,
        planId: plan.id,
        currency: plan.currency,
        status: 'DRAFT',
        checkoutSessionId: checkout.id,
        createdAt: now,
      })
      .onConflictDoUpdate({ target: invoices.checkoutSessionId, set: invoice, setWhere: eq(invoices.status, 'DRAFT') }),
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
          invoiceId: sql`(select id from ${invoices} where "checkoutSessionId" = ${checkout.id})`,
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

async function cardHadTrial(ctx: Ctx, productId: string, token: string): Promise<boolean> {
  const rows = await ctx.db
    .select({ id: customers.id })
    .from(customers)
    .where(and(eq(customers.productId, productId), eq(customers.pciVaultToken, token), sql`${customers.trialUsedAt} is not null`))
    .limit(1)
  return rows.length > 0
}
