import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#db/id.ts'
import { expectBooksBalanced } from '#db/ledger/verify.ts'
import { communities, plans, products } from '#db/schema/all.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { writePendingSale } from '#dev/seed/pending-sale.ts'
import { startNeonHttp, type RunningNeonHttp } from '#dev/stand-ins/neon/server.ts'
import { makeAffiliate, makeCommunity, makeLink, makeOffer } from '#dev/testing/people.ts'
import { testContext, testServices } from '#dev/testing/services.ts'
import { settlePayment } from './settle-payment.ts'

type Cut = { before: number } | 'beforeCommit' | 'afterCommit'

/** What `record_paid_sale` does, step by step: it may break off at each. */
const CUTS: readonly Cut[] = ['beforeCommit', 'afterCommit', { before: 0 }]
const STEPS = [
  'pay_invoice',
  'begin_trial',
  'note_delivery',
  'lock_names',
  'buyer_unchanged',
  'succeed_attempt',
  'begin_subscription',
  'join_community',
  'bind_attribution',
  'earn_commission',
  'post_ledger',
  'holds_unchanged',
  'affiliate_unchanged',
  'count_sale',
  'number_invoice',
] as const
type Step = (typeof STEPS)[number]
const isStep = (point: Cut | Step): point is Step => STEPS.some((step) => step === point)

let t: TestDatabase
let front: RunningNeonHttp
/** Armed for the next request that writes: one that only reads is let through. */
let armed: Cut | null = null

beforeAll(async () => {
  t = await testDatabase()
  front = await startNeonHttp({
    fault(request) {
      if (!request.statements.some(({ text }) => text.includes('record_paid_sale'))) return null
      const cut = armed
      armed = null
      return cut
    },
  })
})
afterAll(async () => {
  await front.stop()
  await t.close()
})

test('a paid webhook cut off at any point leaves nothing or everything, and its repetition ends the same', async () => {
  const guild = await makeCommunity(t.db, { platform: 'WEOKTO' })
  const offer = await makeOffer(t.db)
  const services = testServices({ databaseUrl: t.databaseUrl, httpEndpoint: front.endpoint })
  for (const point of [...CUTS, ...STEPS]) {
    const affiliate = await makeAffiliate(t.db, {}, { currentGuildId: guild.id, trustedAt: new Date('2026-01-01') })
    const link = await makeLink(t.db, { affiliateId: affiliate.id, productId: offer.product.id })
    const pending = await pendingSale(offer, affiliate.id, link.id)
    const deliver = () =>
      settlePayment(testContext(services, new Date('2026-05-01T10:00:00Z')), {
        attemptId: pending.attemptId,
        answer: {
          kind: 'succeeded',
          intent: 'CHARGE',
          processorId: 'pi',
          processorStatus: 'succeeded',
          amountCents: 4900,
          currency: 'EUR',
          attemptId: pending.attemptId,
          invoiceId: pending.invoiceId,
        },
        delivery: { source: 'pci-vault', bodyHash: pending.attemptId },
      })
    const mended = await cutAt(point)
    await expect(deliver(), JSON.stringify(point)).rejects.toThrow()
    await mended()
    const isWritten = point === 'afterCommit'
    expect(await traces(pending.invoiceId), `after the cut ${JSON.stringify(point)}`).toEqual(isWritten ? ALL : NONE)
    expect(await deliver()).toMatchObject({ outcome: isWritten ? 'repeat' : 'paid' })
    expect(await traces(pending.invoiceId), `after the repetition of ${JSON.stringify(point)}`).toEqual(ALL)
  }
  await expectBooksBalanced(t.admin)
})

/** Breaks the next write at this point, after what a step did where it is one; the answer mends it again. */
async function cutAt(point: Cut | Step): Promise<() => Promise<void>> {
  if (!isStep(point)) {
    armed = point
    return async () => {}
  }
  const [step] = await t.admin<{ text: string }>(`select pg_get_functiondef(oid) as text from pg_proc where proname = $1`, [point])
  const whole = step?.text ?? ''
  const cut = `RAISE EXCEPTION 'cut at ${point}';`
  const broken = whole.replaceAll(/\bRETURN\b[^;]*;/g, cut).replace('END $function$', () => `${cut} END $function$`)
  await t.admin(broken)
  return async () => void (await t.admin(whole))
}

async function pendingSale(offer: Awaited<ReturnType<typeof makeOffer>>, affiliateId: string, linkId: string) {
  const [row] = await t.db
    .select()
    .from(plans)
    .innerJoin(products, eq(products.id, plans.productId))
    .innerJoin(communities, eq(communities.id, products.communityId))
    .where(eq(plans.id, offer.plan.id))
  if (!row) throw new Error('The offer was not made.')
  const sold = {
    communityId: row.communities.id,
    communitySlug: row.communities.slug,
    productId: row.products.id,
    productName: row.products.name,
    planId: row.plans.id,
    planSlug: row.plans.slug,
    buttonId: offer.button.id,
  }
  const orderedAt = new Date('2026-05-01T09:00:00Z')
  return writePendingSale(t.db, {
    buyer: { email: `${newId()}@buyers.test`, displayName: null, country: 'FR' },
    sold,
    click: { affiliateId, linkId, clickId: newId(), clickedAt: new Date('2026-05-01T08:00:00Z') },
    orderedAt,
    secretHash: '0'.repeat(64),
  })
}

const NONE = {
  paid: 0,
  customer: 'INCOMPLETE',
  members: 0,
  clicks: 0,
  attributions: 0,
  commissions: 0,
  entries: 0,
  pearls: 0,
  stats: 0,
  receipts: 0,
  numbered: 0,
  inbox: 0,
}
const ALL = {
  paid: 1,
  customer: 'ACTIVE',
  members: 1,
  clicks: 1,
  attributions: 1,
  commissions: 1,
  entries: 2,
  pearls: 1,
  stats: 1,
  receipts: 1,
  numbered: 1,
  inbox: 1,
}

async function traces(invoiceId: string) {
  const [row] = await t.admin(
    `select (i.status = 'PAID')::int as paid, c.status::text as customer,
      (select count(*)::int from community_members m where m."customerId" = c.id) as members,
      (select count(*)::int from affiliate_tracking_events e join affiliate_attributions a on a."affiliateTrackingEventId" = e.id where a."customerId" = c.id) as clicks,
      (select count(*)::int from affiliate_attributions a where a."customerId" = c.id) as attributions,
      (select count(*)::int from affiliate_commissions k where k."invoiceId" = i.id) as commissions,
      (select count(*)::int from affiliate_ledger l join affiliate_commissions k on k.id = l."commissionId" where k."invoiceId" = i.id) as entries,
      (select count(*)::int from pearl_transactions p where p."invoiceId" = i.id) as pearls,
      (select count(*)::int from affiliate_daily_stats s join affiliate_commissions k on k."affiliateId" = s."affiliateId" where k."invoiceId" = i.id and s."salesCount" = 1) as stats,
      (select count(*)::int from outbox o where o."dedupeKey" = 'receipt:' || i.id) as receipts,
      (i.number is not null)::int as numbered,
      (select count(*)::int from webhook_inbox w where w."attemptId" in (select id from payment_attempts a where a."invoiceId" = i.id)) as inbox
    from invoices i join customers c on c.id = i."customerId" where i.id = $1`,
    [invoiceId],
  )
  return row
}
