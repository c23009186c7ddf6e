import { and, eq, inArray } from 'drizzle-orm'
import type * as z from 'zod/mini'
import { dbError, must } from '#db/client.ts'
import { checkoutSessions, invoices, paymentAttempts } from '#db/schema/all.ts'
import { AppError } from '#domain/error.ts'
import { assertOrder, type PlaceOrder } from '#domain/selling/checkout.ts'
import type { Ctx } from '#api/context.ts'
import { randomToken, sha256Hex } from '#api/crypto.ts'
import { countOrRefuse } from '#api/rate-limit.ts'
import { sendCharge, type Charge } from '#api/selling/payment/send-charge.ts'
import { originOf } from '#api/sites.ts'
import { brakeOrder, crowded } from './brake-order.ts'
import { assertBuyer, buyerStatements, refuseBuyer } from './buyer.ts'
import { DECLINES_ALLOWANCE, allowanceStatements } from './declines.ts'
import { loadCheckout, type LoadedCheckout, type OwnCheckout } from './load-checkout.ts'
import { assertStillOffered, OFFER_UNCHANGED, offerStatement } from './order-offer.ts'
import { CUSTOMER_HAS_IT, customerStatements, supersedeStatements, TRIAL_TAKEN, trialStatements } from './order-statements.ts'
import { webhookUrl } from './webhook-url.ts'

type PlaceOrderInput = OwnCheckout & { order: z.infer<typeof PlaceOrder> }

/** The webhook of an attempt is believed for this long; the vault's retries end well before. */
const ATTEMPT_HOURS = 72
/** A buyer whose card is refused tries again a few times; whoever orders more often is trying out stolen cards. */
const ORDERS_PER_CHECKOUT_HOUR = 10

/** How often an order is decided anew because what it rested on changed while it was written. */
const TRIES = 3

/**
 * « Commander avec obligation de paiement »: the invoice DRAFT → PENDING, the attempt and the buyer's consents in one write, and only then
 * the charge. Pressing twice meets the one-open-attempt key and charges once.
 */
export async function placeOrder(ctx: Ctx, input: PlaceOrderInput): Promise<void> {
  await sendCharge(ctx, await decideOrder(ctx, input, TRIES))
}

async function decideOrder(ctx: Ctx, input: PlaceOrderInput, tries: number): Promise<Charge> {
  const loaded = await loadCheckout(ctx, input)
  const { invoice, policy, customer, checkout } = loaded
  const facts = {
    step: loaded.step,
    customerStatus: customer?.status ?? null,
    dueTodayCents: invoice?.amountIncludingTax ?? 0,
    termsVersion: policy.terms.sale,
    salesOpen: policy.switches.sales,
  }
  // Nothing about the address is told, that it owns the product neither, to somebody who must still show that it is theirs.
  assertBuyer(loaded)
  assertOrder(facts, input.order)
  if (!invoice) throw new AppError('card_missing')
  if (tries === TRIES) await countOrRefuse(ctx, [{ key: `order:${input.id}`, most: ORDERS_PER_CHECKOUT_HOUR }])
  const charge = prepareCharge(ctx, loaded, invoice)
  const counted = { cardToken: charge.card.token, checkoutId: checkout.id, network: ctx.client.ip, buttonId: checkout.buttonId }
  try {
    await assertStillOffered(ctx, loaded, invoice)
    const room = await brakeOrder(ctx, input, loaded, counted)
    await writeOrder(ctx, loaded, invoice, charge, input.order, allowanceStatements(ctx, counted, room))
  } catch (error) {
    const constraint = dbError(error)?.constraint
    if ((constraint === OFFER_UNCHANGED || constraint === DECLINES_ALLOWANCE) && tries > 1) return decideOrder(ctx, input, tries - 1)
    throw await refusalOf(ctx, input.id, error)
  }
  return charge
}

const UNDER_WAY = new Set(['payment_attempts_one_open_key', 'invoices_one_pending_key'])

async function refusalOf(ctx: Ctx, id: string, error: unknown): Promise<unknown> {
  const cause = dbError(error)
  refuseBuyer(cause)
  if (cause?.constraint === TRIAL_TAKEN) return endCheckout(ctx, id)
  if (cause?.constraint === CUSTOMER_HAS_IT) return new AppError('already_owned')
  if (cause?.constraint === DECLINES_ALLOWANCE) return crowded()
  if (cause?.constraint === OFFER_UNCHANGED) return new AppError('order_changed')
  // 40P01: two writers of one customer met. Whichever gave way has sent nothing.
  const underWay = cause !== null && (UNDER_WAY.has(cause.constraint) || cause.code === 'GU001' || cause.code === '40P01')
  return underWay ? new AppError('payment_in_progress') : error
}

function prepareCharge(ctx: Ctx, loaded: LoadedCheckout, invoice: NonNullable<LoadedCheckout['invoice']>): Charge {
  const { checkout, button, product } = loaded
  if (!checkout.cardToken || !checkout.cardRef) throw new AppError('card_missing')
  const attemptId = ctx.newId()
  return {
    attemptId,
    invoiceId: invoice.id,
    checkoutId: checkout.id,
    kind: invoice.amountIncludingTax > 0 ? 'CHARGE' : 'SETUP',
    amountCents: invoice.amountIncludingTax,
    currency: invoice.currency,
    description: product.name,
    card: { token: checkout.cardToken, reference: checkout.cardRef },
    returnUrl: `${originOf(ctx.config, ctx.platform)}/checkout/${checkout.id}`,
    webhook: { url: webhookUrl(ctx, 'charge', attemptId, button.pcivaultWebhookUrl), secret: randomToken() },
  }
}

/** What the page promised cannot be had any more: the buyer starts again and is told the price that is due. */
async function endCheckout(ctx: Ctx, id: string): Promise<AppError> {
  await ctx.db
    .update(checkoutSessions)
    .set({ state: 'EXPIRED', updatedAt: ctx.now })
    .where(and(eq(checkoutSessions.id, id), inArray(checkoutSessions.state, ['CARD', 'REVIEW'])))
  return new AppError('checkout_expired')
}

async function writeOrder(
  ctx: Ctx,
  loaded: LoadedCheckout,
  { id: invoiceId, kind }: NonNullable<LoadedCheckout['invoice']>,
  charge: Charge,
  order: z.infer<typeof PlaceOrder>,
  room: ReturnType<typeof allowanceStatements>,
): Promise<void> {
  const { db, now } = ctx
  const { checkout, policy } = loaded
  const expiresAt = new Date(now.getTime() + ATTEMPT_HOURS * 3_600_000)
  const consents = {
    ...checkout.consents,
    ageConfirmed: order.ageConfirmed,
    immediateStart: order.immediateStart,
    amountCents: order.amountCents,
    at: now.toISOString(),
  }
  const attempt = {
    id: charge.attemptId,
    invoiceId,
    checkoutSessionId: checkout.id,
    kind: charge.kind,
    status: 'CREATED' as const,
    secretHash: await sha256Hex(charge.webhook.secret),
    amountCents: charge.amountCents,
    currency: charge.currency,
    idempotencyKey: charge.attemptId,
    cardToken: charge.card.token,
    network: ctx.client.ip,
    buttonId: checkout.buttonId,
    expiresAt,
    nextReconcileAt: new Date(now.getTime() + 120_000),
    createdAt: now,
    updatedAt: now,
  }
  await db.batch([
    ...supersedeStatements(ctx, loaded),
    ...customerStatements(ctx, loaded),
    ...room,
    ...(kind === 'TRIAL' ? trialStatements(ctx, loaded) : []),
    // After every lock, so that nothing changes while one is waited for.
    offerStatement(ctx, loaded),
    must(
      db,
      'invoice_orderable',
      db
        .update(invoices)
        .set({ status: 'PENDING', dueDate: now, updatedAt: now })
        .where(and(eq(invoices.id, invoiceId), inArray(invoices.status, ['DRAFT', 'PENDING']))),
    ),
    must(
      db,
      'checkout_unchanged',
      db
        .update(checkoutSessions)
        // The version in force, which no page shows yet: an acceptance is recorded once the buyer can read what is accepted.
        .set({ state: 'PAYING', orderedAt: now, waitUntil: null, termsVersion: policy.terms.sale, consents, updatedAt: now })
        .where(and(eq(checkoutSessions.id, checkout.id), eq(checkoutSessions.updatedAt, checkout.updatedAt))),
    ),
    db.insert(paymentAttempts).values(attempt),
    ...buyerStatements(ctx, loaded),
  ])
}
