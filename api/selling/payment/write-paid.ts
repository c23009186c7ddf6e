import { and, eq, inArray, sql } from 'drizzle-orm'
import { must } from '#db/client.ts'
import { checkoutSessions, communityMembers, customers, invoiceSeries, invoices, paymentAttempts, weoktoUsers } from '#db/schema/all.ts'
import type { Policy } from '#domain/base/policy.ts'
import { orderSummary } from '#domain/catalogue/plan.ts'
import { BUYABLE_STATUSES } from '#domain/selling/checkout.ts'
import { salesSeries, seriesYear } from '#domain/selling/invoice.ts'
import { decidePaidSale } from '#domain/selling/paid-sale.ts'
import type { Verdict } from '#domain/selling/settlement.ts'
import { decideSubscription, type Subscription } from '#domain/selling/subscription.ts'
import type { Ctx } from '#api/context.ts'
import { outboxStatement } from '#api/outbox/enqueue.ts'
import { policyOf } from '#api/policy.ts'
import { buyerUnchanged, saleLocks } from './decided-on.ts'
import type { LoadedSettlement } from './load-settlement.ts'
import { trialBegins } from './refuse-trial.ts'
import { saleFacts } from './sale-facts.ts'
import type { InboxWrite } from './inbox.ts'
import { affiliateStatements } from './write-commission.ts'

/**
 * Everything that "paid" means, in one transaction: invoice, attempt, customer, membership, attribution, click, commission, ledger, pearls,
 * boards, statistics, receipt, invoice number. All of it or nothing; the first statement lets one delivery of many through.
 */
export async function writePaid(ctx: Ctx, loaded: LoadedSettlement, verdict: Verdict & { kind: 'paid' }, inbox: InboxWrite): Promise<void> {
  const policy = policyOf(loaded.policyRow)
  const sale = decidePaidSale(saleFacts(loaded), policy, ctx.now)
  const { invoice } = loaded
  const subscription = beginning(ctx, loaded, policy)
  await ctx.db.batch([
    must(
      ctx.db,
      'invoice_pending',
      ctx.db
        .update(invoices)
        .set({
          status: 'PAID',
          paidAt: ctx.now,
          pciVaultPaymentId: verdict.processorId,
          pciVaultStatus: verdict.processorStatus,
          periodStart: ctx.now,
          periodEnd: subscription.currentPeriodEnd,
          updatedAt: ctx.now,
        })
        .where(and(eq(invoices.id, invoice.id), eq(invoices.status, 'PENDING'))),
    ),
    ...trialBegins(ctx, loaded),
    ...inbox,
    saleLocks(ctx, loaded),
    buyerUnchanged(ctx, loaded),
    attemptWrite(ctx, loaded, verdict),
    ...paidCustomerStatements(ctx, loaded, subscription),
    ...affiliateStatements(ctx, loaded, sale, policy),
    outboxStatement(ctx, { kind: 'receipt', payload: invoice.id, dedupeKey: `receipt:${invoice.id}` }),
    // Last, because the series' row is shared by every sale of the site: it is locked for as short as can be.
    numberWrite(ctx, loaded),
  ])
}

function attemptWrite(ctx: Ctx, { attempt }: LoadedSettlement, verdict: Verdict & { kind: 'paid' }) {
  return must(
    ctx.db,
    'attempt_not_succeeded',
    ctx.db
      .update(paymentAttempts)
      .set({
        status: 'SUCCEEDED',
        processorId: verdict.processorId,
        processorStatus: verdict.processorStatus,
        redirectUrl: null,
        declineCode: null,
        cardFingerprint: attempt.cardFingerprint,
        settledAt: ctx.now,
        nextReconcileAt: null,
        updatedAt: ctx.now,
      })
      .where(and(eq(paymentAttempts.id, attempt.id), eq(paymentAttempts.status, attempt.status))),
  )
}

/** Periods begin when the money came, not when the order was drafted; whether it is a trial was settled with the draft. */
function beginning(ctx: Ctx, { customer, plan, invoice }: LoadedSettlement, policy: Policy): Subscription {
  const summary = orderSummary(plan, {
    country: invoice.country,
    policy,
    now: ctx.now,
    returning: invoice.kind !== 'TRIAL' && customer.status === 'EXPIRED',
    trialUsed: invoice.kind !== 'TRIAL',
  })
  return decideSubscription(customer, { type: 'began', summary }, ctx.now).to
}

function paidCustomerStatements(ctx: Ctx, loaded: LoadedSettlement, next: Subscription) {
  const { customer, checkout, plan, product, community, buyer, invoice } = loaded
  const { db, now } = ctx
  const {
    status,
    trialEndsAt,
    trialUsedAt,
    activatedAt,
    billingAnchorDay,
    currentPeriodStart,
    currentPeriodEnd,
    nextChargeAt,
    cancelledAt,
    subscriptionEndsAt,
    fullPriceCharges,
  } = next
  const life = {
    status,
    trialEndsAt,
    trialUsedAt,
    activatedAt,
    billingAnchorDay,
    currentPeriodStart,
    currentPeriodEnd,
    nextChargeAt,
    cancelledAt,
    subscriptionEndsAt,
    fullPriceCharges,
  }
  const card = checkout?.cardToken
    ? {
        pciVaultToken: checkout.cardToken,
        pciVaultRef: checkout.cardRef,
        brand: checkout.brand,
        last4: checkout.last4,
        expMonth: checkout.expMonth,
        expYear: checkout.expYear,
        ...cardNames(loaded),
      }
    : {}
  const guild = community.platform === 'WEOKTO'
  const weoktoUserId = sql<string>`(select id from ${weoktoUsers} where email = ${buyer.email}::citext)`
  const member = { customerId: customer.id, currentProductId: product.id, isActive: true, updatedAt: now }
  return [
    // A guild's member is a WEOKTO account, made if absent: its checkout asked for proof of the address. Who pays is the StamUser all the same.
    ...(guild
      ? [
          db
            .insert(weoktoUsers)
            .values({
              id: ctx.newId(),
              email: buyer.email,
              authId: ctx.newId(),
              locale: buyer.locale,
              emailVerifiedAt: now,
              createdAt: now,
              updatedAt: now,
            })
            .onConflictDoNothing({ target: weoktoUsers.email }),
        ]
      : []),
    must(
      db,
      'customer_may_buy',
      db
        .update(customers)
        .set({ ...life, ...card, ...(guild ? { weoktoUserId } : {}), currentPlanId: plan.id, country: invoice.country, updatedAt: now })
        .where(and(eq(customers.id, customer.id), inArray(customers.status, BUYABLE_STATUSES))),
    ),
    db
      .insert(communityMembers)
      .values({
        id: ctx.newId(),
        communityId: community.id,
        platform: community.platform,
        ...(guild ? { weoktoUserId } : { stamUserId: buyer.id }),
        email: buyer.email,
        displayName: buyer.displayName,
        joinedAt: now,
        createdAt: now,
        ...member,
      })
      .onConflictDoUpdate({
        target: [communityMembers.communityId, guild ? communityMembers.weoktoUserId : communityMembers.stamUserId],
        set: member,
      }),
    db
      .update(checkoutSessions)
      .set({ state: 'PAID', cardCountry: checkout?.cardCountry ?? null, updatedAt: now })
      .where(and(eq(checkoutSessions.id, checkout?.id ?? ''))),
  ] as const
}

/** The processor's name for the card, and both of its names once more for the trial that begins with it, whichever card pays later. */
function cardNames({ attempt, checkout, invoice }: LoadedSettlement) {
  const token = attempt.cardToken ?? checkout?.cardToken ?? null
  const trial = invoice.kind === 'TRIAL' ? { trialCardToken: token, trialCardFingerprint: attempt.cardFingerprint } : {}
  // A card typed after this one was charged is another card.
  return { ...trial, cardFingerprint: token === checkout?.cardToken ? attempt.cardFingerprint : null }
}

/** Gapless per series and year: the counter moves in the transaction of the payment, and only there. */
function numberWrite(ctx: Ctx, { invoice, community }: LoadedSettlement) {
  const series = salesSeries(community.platform)
  const year = seriesYear(ctx.now)
  const next = ctx.db
    .insert(invoiceSeries)
    .values({ series, year, lastNumber: 1 })
    .onConflictDoUpdate({ target: [invoiceSeries.series, invoiceSeries.year], set: { lastNumber: sql`${invoiceSeries.lastNumber} + 1` } })
    .returning({ lastNumber: invoiceSeries.lastNumber })
  return ctx.db.execute(sql`
    with next as (${next.getSQL()})
    update ${invoices} set number = ${`${series}-${year}-`} || lpad(next."lastNumber"::text, greatest(6, length(next."lastNumber"::text)), '0') from next
    where invoices.id = ${invoice.id} and invoices.number is null`)
}
