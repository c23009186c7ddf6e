import { createHash } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { Db } from '#db/client.ts'
import { newId } from '#db/id.ts'
import { checkoutSessions, customers, invoices, paymentAttempts, plans, stamUsers } from '#db/schema/all.ts'
import { DEFAULT_POLICY } from '#domain/base/policy.ts'
import { orderSummary } from '#domain/catalogue/plan.ts'
import { viewSummary } from '#api/selling/checkout/summary-view.ts'
import type { SoldPlan } from './write-catalogue.ts'

export interface PendingSale {
  attemptId: string
  invoiceId: string
  customerId: string
  checkoutId: string
  amountCents: number
  stamUserId: string
}

export interface PendingSaleInput {
  buyer: { email: string; displayName: string | null; country: string; locale?: 'fr' | 'en' }
  sold: SoldPlan
  /** Who brought the buyer, and by which click. */
  click: { affiliateId: string; linkId: string; clickId: string; clickedAt: Date } | null
  orderedAt: Date
  /** SHA-256 of the charge webhook's secret. */
  secretHash: string
}

/** A sale exactly as it stands when the order button has been pressed and the processor has not answered: what settling begins with. */
export async function writePendingSale(db: Db, { buyer, sold, click, orderedAt, secretHash }: PendingSaleInput): Promise<PendingSale> {
  const [plan] = await db.select().from(plans).where(eq(plans.id, sold.planId)).limit(1)
  if (!plan) throw new Error(`No plan ${sold.planSlug}.`)
  const summary = orderSummary(plan, { country: buyer.country, policy: DEFAULT_POLICY, now: orderedAt, returning: false, trialUsed: false })
  const [stamUserId, customerId, checkoutId, invoiceId, attemptId] = [newId(), newId(), newId(), newId(), newId()]
  const stamps = { createdAt: orderedAt, updatedAt: orderedAt }
  const amounts = { amountExcludingTax: summary.exclCents, taxAmount: summary.taxCents, amountIncludingTax: summary.dueTodayCents }
  const expiresAt = new Date(orderedAt.getTime() + 72 * 3_600_000)
  const attribution = click
    ? {
        ...click,
        productId: sold.productId,
        communityId: sold.communityId,
        clickedAt: click.clickedAt.toISOString(),
        expiresAt: new Date(click.clickedAt.getTime() + 30 * 86_400_000).toISOString(),
      }
    : null
  const last4 = String(1000 + (parseInt(digest(buyer.email).slice(0, 6), 16) % 9000))
  await db.batch([
    db.insert(stamUsers).values({
      id: stamUserId,
      email: buyer.email,
      authId: newId(),
      displayName: buyer.displayName,
      locale: buyer.locale ?? 'fr',
      emailVerifiedAt: orderedAt,
      ...stamps,
    }),
    db
      .insert(customers)
      .values({ id: customerId, stamUserId, productId: sold.productId, status: 'INCOMPLETE', country: buyer.country, ...stamps }),
    db.insert(checkoutSessions).values({
      ...{
        id: checkoutId,
        platform: 'STAM',
        buttonId: sold.buttonId,
        productId: sold.productId,
        planId: sold.planId,
        stamUserId,
        customerId,
        email: buyer.email,
        country: buyer.country,
      },
      ...{
        browserHash: digest(checkoutId),
        state: 'PAYING',
        emailProvenAt: orderedAt,
        attribution,
        cardToken: digest(buyer.email),
        cardRef: checkoutId,
      },
      ...{
        brand: 'visa',
        last4,
        expMonth: 12,
        expYear: orderedAt.getUTCFullYear() + 3,
        cardCapturedAt: orderedAt,
        orderedAt,
        termsVersion: DEFAULT_POLICY.terms.sale,
        expiresAt,
        ...stamps,
      },
    }),
    db.insert(invoices).values({
      id: invoiceId,
      customerId,
      planId: sold.planId,
      ...amounts,
      status: 'PENDING',
      dueDate: orderedAt,
      kind: summary.kind,
      taxRateBps: summary.taxRateBps,
      country: buyer.country,
      checkoutSessionId: checkoutId,
      metadata: { summary: viewSummary(summary) },
      ...stamps,
    }),
    db.update(checkoutSessions).set({ invoiceId, updatedAt: orderedAt }).where(eq(checkoutSessions.id, checkoutId)),
    db.insert(paymentAttempts).values({
      id: attemptId,
      invoiceId,
      checkoutSessionId: checkoutId,
      kind: summary.needsPayment ? 'CHARGE' : 'SETUP',
      status: 'SENT',
      secretHash,
      amountCents: summary.dueTodayCents,
      idempotencyKey: attemptId,
      expiresAt,
      ...stamps,
    }),
  ])
  return { attemptId, invoiceId, customerId, checkoutId, amountCents: summary.dueTodayCents, stamUserId }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
