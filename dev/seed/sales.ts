import { eq, sql } from 'drizzle-orm'
import { newId } from '#db/id.ts'
import { customers, invoices, pearlTransactions, refunds, stamUsers, weoktoUsers } from '#db/schema/all.ts'
import { cents } from '#domain/base/money.ts'
import { DEFAULT_POLICY } from '#domain/base/policy.ts'
import { pearlsOf } from '#domain/play/pearls.ts'
import { matureCommissions } from '#api/affiliation/commission/mature-commissions.ts'
import type { Services } from '#api/context.ts'
import { settlePayment } from '#api/selling/payment/settle-payment.ts'
import { testContext } from '#dev/testing/services.ts'
import { writePendingSale, type PendingSale } from './pending-sale.ts'
import type { WrittenAffiliate } from './write-people.ts'
import { seededRandom } from './random.ts'
import type { Catalogue, SoldPlan } from './write-catalogue.ts'

const DAY_MS = 86_400_000
const COUNTRIES = ['FR', 'FR', 'FR', 'FR', 'BE', 'FR', 'LU', 'FR', 'FR', 'DE']
/** Nothing here renews yet in the past, so older sales are of plans that do not fall due in between. */
const OLD_PLANS = ['atelier-levain-annuel', 'dos-en-forme-a-vie', 'photo-de-rue-formation']
const NEW_PLANS = [
  'atelier-levain-mensuel',
  'atelier-levain-annuel',
  'atelier-levain-mensuel',
  'dos-en-forme-a-vie',
  'photo-de-rue-formation',
]

interface PlannedSale {
  affiliate: WrittenAffiliate
  at: Date
  isRefunded: boolean
  sold: SoldPlan
  n: number
}

/** When each sale of each affiliate was, oldest first: the first on the day that their profile says, the rest spread over the days since. */
function planSales(affiliates: readonly WrittenAffiliate[], catalogue: Catalogue, now: Date): PlannedSale[] {
  const random = seededRandom(7)
  const planned = affiliates.flatMap((affiliate) =>
    Array.from({ length: affiliate.sales }, (_, n) => {
      const share = affiliate.sales === 1 ? 0 : n / (affiliate.sales - 1)
      const daysAgo = affiliate.firstSaleDaysAgo * (1 - share * 0.97) - (n === 0 ? 0 : random() * 1.5)
      const at = new Date(now.getTime() - Math.max(0.2, daysAgo) * DAY_MS)
      const slugs = daysAgo > 27 ? OLD_PLANS : NEW_PLANS
      const sold = catalogue.plans[slugs[Math.floor(random() * slugs.length)] ?? '']
      if (!sold) throw new Error('The demo names a plan that it does not have.')
      return { affiliate, at, n, sold, isRefunded: n > 0 && n <= affiliate.refunds }
    }),
  )
  return planned.toSorted((one, other) => one.at.getTime() - other.at.getTime())
}

/** Plays every sale through the product's own use-case at its own time, so that the books are what they would be. */
export async function playSales(
  services: Services,
  affiliates: readonly WrittenAffiliate[],
  catalogue: Catalogue,
  now: Date,
): Promise<number> {
  const sales = planSales(affiliates, catalogue, now)
  for (const sale of sales) {
    // Time passes between sales, and what fell due meanwhile has matured.
    await matureCommissions(testContext(services, sale.at))
    const { affiliate, at, n, sold } = sale
    const link = affiliate.links.find(({ planSlug }) => catalogue.plans[planSlug]?.communityId === sold.communityId)
    const click = link
      ? { affiliateId: affiliate.id, linkId: link.linkId, clickId: newId(), clickedAt: new Date(at.getTime() - 3_600_000) }
      : null
    const buyer = {
      email: `client-${affiliate.key}-${n + 1}@clients.test`,
      displayName: `Démo Client ${n + 1}`,
      country: COUNTRIES[n % COUNTRIES.length] ?? 'FR',
    }
    const pending = await writePendingSale(services.db, { buyer, sold, click, orderedAt: at, secretHash: '0'.repeat(64) })
    await settle(services, pending, at)
    if (sale.isRefunded) await refund(services, sale, pending, new Date(Math.min(at.getTime() + 4 * DAY_MS, now.getTime() - 3_600_000)))
  }
  return sales.length
}

export async function settle(services: Services, pending: PendingSale, at: Date): Promise<void> {
  await settlePayment(testContext(services, at), {
    attemptId: pending.attemptId,
    answer: {
      kind: 'succeeded',
      intent: pending.amountCents > 0 ? 'CHARGE' : 'SETUP',
      processorId: `pi_demo_${pending.attemptId}`,
      processorStatus: 'succeeded',
      amountCents: pending.amountCents,
      currency: 'EUR',
      attemptId: pending.attemptId,
      invoiceId: pending.invoiceId,
    },
  })
}

/** A full refund as it stands once the processor has sent the money: everything that it takes back from the affiliate goes through the ledger's own function. */
async function refund({ db }: Services, { affiliate }: PlannedSale, pending: PendingSale, at: Date): Promise<void> {
  const stamps = { createdAt: at, updatedAt: at }
  const pearls = pearlsOf(cents(pending.amountCents), DEFAULT_POLICY)
  const time = sql`${at.toISOString()}::timestamp`
  const iso = at.toISOString()
  await db.batch([
    db.insert(refunds).values({
      id: newId(),
      customerId: pending.customerId,
      invoiceId: pending.invoiceId,
      amount: pending.amountCents,
      reason: 'Ne correspond pas à mes attentes',
      status: 'PROCESSED',
      requestedAt: at,
      approvedAt: at,
      processedAt: at,
      ...stamps,
    }),
    db.update(invoices).set({ status: 'REFUNDED', updatedAt: at }).where(eq(invoices.id, pending.invoiceId)),
    db
      .update(customers)
      .set({ status: 'EXPIRED', subscriptionEndsAt: at, nextChargeAt: null, updatedAt: at })
      .where(eq(customers.id, pending.customerId)),
    db.execute(
      sql`select settle_clawback(c.id, ${`refund:${pending.invoiceId}`}, '{"description":"Remboursement intégral"}'::jsonb, ${time}, ${time}) from affiliate_commissions c where c."invoiceId" = ${pending.invoiceId}`,
    ),
    db.insert(pearlTransactions).values({
      id: newId(),
      userId: affiliate.id,
      type: 'SALE',
      amount: -pearls,
      description: 'Remboursement',
      invoiceId: pending.invoiceId,
      idempotencyKey: `refund:${pending.invoiceId}`,
      createdAt: at,
    }),
    db
      .update(weoktoUsers)
      .set({
        pearlsEarned: sql`${weoktoUsers.pearlsEarned} - ${pearls}`,
        pearlBalance: sql`${weoktoUsers.pearlBalance} - ${pearls}`,
        updatedAt: new Date(iso),
      })
      .where(eq(weoktoUsers.id, affiliate.id)),
  ])
}

/** A client whom nobody brought, for the demo's sign-in. */
export async function playDirectSale(services: Services, email: string, displayName: string, sold: SoldPlan, at: Date): Promise<string> {
  const pending = await writePendingSale(services.db, {
    buyer: { email, displayName, country: 'FR' },
    sold,
    click: null,
    orderedAt: at,
    secretHash: '0'.repeat(64),
  })
  await settle(services, pending, at)
  // The oldest clients stand first in the list of demo people.
  await services.db
    .update(stamUsers)
    .set({ createdAt: new Date(at.getTime() - 400 * DAY_MS) })
    .where(eq(stamUsers.id, pending.stamUserId))
  return pending.stamUserId
}
