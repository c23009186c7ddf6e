import { sql } from 'drizzle-orm'
import { jsonRow } from '#db/json-row.ts'
import { communityMembers, customers, weoktoUsers } from '#db/schema/all.ts'
import type { Policy } from '#domain/base/policy.ts'
import { orderSummary } from '#domain/catalogue/plan.ts'
import { BUYABLE_STATUSES } from '#domain/selling/checkout.ts'
import { salesSeries, seriesYear } from '#domain/selling/invoice.ts'
import { decidePaidSale } from '#domain/selling/paid-sale.ts'
import type { Verdict } from '#domain/selling/settlement.ts'
import { decideSubscription, type Subscription } from '#domain/selling/subscription.ts'
import type { Ctx } from '#api/context.ts'
import { policyOf } from '#api/policy.ts'
import { buyerDecidedOn, saleLocks } from './decided-on.ts'
import type { LoadedSettlement } from './load-settlement.ts'
import { trialRecord } from './refuse-trial.ts'
import { claimOf, saleFacts } from './sale-facts.ts'
import type { DeliveryRecord } from './inbox.ts'
import { boundRecord } from './bound-record.ts'
import { earnedRecord } from './earned-record.ts'

type Paid = Verdict & { kind: 'paid' }

/**
 * Everything that "paid" means, in one statement: invoice, attempt, customer, membership, attribution, click, commission, ledger, pearls, boards,
 * statistics, receipt, invoice number. What is decided here is written by `record_paid_sale` (`db/functions/paid-sale.sql`): all of it or nothing.
 * Returns the receipt's row in the outbox.
 */
export async function writePaid(ctx: Ctx, loaded: LoadedSettlement, verdict: Paid, delivery: DeliveryRecord | undefined): Promise<string> {
  const policy = policyOf(loaded.policyRow)
  const sale = decidePaidSale(saleFacts(loaded), policy, ctx.now)
  const subscription = beginning(ctx, loaded, policy)
  const record = {
    now: ctx.now,
    invoice: invoiceRecord(ctx, loaded, verdict, subscription),
    trial: trialRecord(ctx, loaded),
    delivery,
    locks: saleLocks(loaded),
    buyer: buyerDecidedOn(loaded),
    attempt: attemptRecord(loaded, verdict),
    ...customerRecords(ctx, loaded, subscription),
    checkout: { id: loaded.checkout?.id ?? null, cardCountry: loaded.checkout?.cardCountry ?? null },
    bound: boundRecord(ctx, loaded.customer.id, sale.attribution, claimOf(loaded.checkout?.attribution ?? null)),
    earned: earnedRecord(ctx, loaded, sale, policy),
    receipt: { id: ctx.newId(), kind: 'receipt', payload: loaded.invoice.id, dedupeKey: `receipt:${loaded.invoice.id}` },
  }
  await ctx.db.execute(sql`select record_paid_sale(${JSON.stringify(record)}::jsonb)`)
  return record.receipt.id
}

function invoiceRecord({ now }: Ctx, { invoice, community }: LoadedSettlement, verdict: Paid, { currentPeriodEnd }: Subscription) {
  const { processorId, processorStatus } = verdict
  const [series, year] = [salesSeries(community.platform), seriesYear(now)]
  return { id: invoice.id, processorId, processorStatus, periodEnd: currentPeriodEnd, series, year }
}

function attemptRecord({ attempt }: LoadedSettlement, { processorId, processorStatus }: Paid) {
  return { id: attempt.id, was: attempt.status, processorId, processorStatus, cardFingerprint: attempt.cardFingerprint }
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

/** The customer as they are from now on, with their membership; a guild's member is a WEOKTO account too. */
function customerRecords(ctx: Ctx, loaded: LoadedSettlement, subscription: Subscription) {
  const { customer, plan, product, community, buyer, invoice } = loaded
  const { email, displayName, locale } = buyer
  const set = { ...subscriptionColumns(subscription), ...cardColumns(loaded), currentPlanId: plan.id, country: invoice.country }
  const guild = community.platform === 'WEOKTO'
  const account = jsonRow(weoktoUsers, { id: ctx.newId(), email, authId: ctx.newId(), locale })
  const member = {
    communityId: community.id,
    platform: community.platform,
    email,
    displayName,
    customerId: customer.id,
    currentProductId: product.id,
  }
  return {
    ...(guild ? { account } : {}),
    customer: { id: customer.id, buyable: BUYABLE_STATUSES, set: jsonRow(customers, set) },
    member: jsonRow(communityMembers, { id: ctx.newId(), ...member, ...(guild ? {} : { stamUserId: buyer.id }) }),
  }
}

/** The subscription in the columns that hold it, of which each has its name. */
function subscriptionColumns({ status, trialEndsAt, trialUsedAt, activatedAt, ...rest }: Subscription) {
  const { billingAnchorDay, currentPeriodStart, currentPeriodEnd, nextChargeAt, cancelledAt, subscriptionEndsAt, fullPriceCharges } = rest
  const period = { billingAnchorDay, currentPeriodStart, currentPeriodEnd, nextChargeAt }
  return { status, trialEndsAt, trialUsedAt, activatedAt, ...period, cancelledAt, subscriptionEndsAt, fullPriceCharges }
}

/** The card of the checkout, and both of its names once more for the trial that begins with it, whichever card pays later. */
function cardColumns({ attempt, checkout, invoice }: LoadedSettlement) {
  if (!checkout?.cardToken) return {}
  const token = attempt.cardToken ?? checkout.cardToken
  const { brand, last4, expMonth, expYear } = checkout
  const trial = invoice.kind === 'TRIAL' ? { trialCardToken: token, trialCardFingerprint: attempt.cardFingerprint } : {}
  // A card typed after this one was charged is another card.
  const cardFingerprint = token === checkout.cardToken ? attempt.cardFingerprint : null
  return { pciVaultToken: checkout.cardToken, pciVaultRef: checkout.cardRef, brand, last4, expMonth, expYear, ...trial, cardFingerprint }
}
