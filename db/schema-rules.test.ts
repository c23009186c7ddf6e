import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ATTRIBUTION_SOURCES, BOOST_TYPES, LOCK_PROFILES, PAYMENT_METHODS } from '#domain/affiliation/enums.ts'
import { INVOICE_KINDS, LOCALES } from '#domain/base/enums.ts'
import { ACCESS_TYPES, BUTTON_PAYMENT_TYPES, RATE_TYPES } from '#domain/catalogue/enums.ts'
import { FORMATION_LEVELS } from '#domain/learning/enums.ts'
import { CHECKOUT_STATES, INVOICE_STATUSES, PAYMENT_ATTEMPT_KINDS, PAYMENT_ATTEMPT_STATUSES } from '#domain/selling/enums.ts'
import { newId } from './id.ts'
import { dbError } from './client.ts'
import * as s from './schema/all.ts'
import { testDatabase, type TestDatabase } from './testing.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await testDatabase()
})
afterAll(() => t.close())

const NOW = new Date('2026-05-01T10:00:00Z')
const days = (n: number) => new Date(NOW.getTime() + n * 86_400_000)
const first = <T>(rows: T[]): T => {
  const [row] = rows
  if (row === undefined) throw new Error('Nothing was written.')
  return row
}

/** Everything that a commission hangs on, of people of its own. */
async function world() {
  const { db } = t
  const affiliate = first(
    await db
      .insert(s.weoktoUsers)
      .values({ email: `${newId()}@example.com`, authId: newId() })
      .returning(),
  )
  const buyer = first(
    await db
      .insert(s.stamUsers)
      .values({ email: `${newId()}@example.com`, authId: newId() })
      .returning(),
  )
  const community = first(await db.insert(s.communities).values({ platform: 'STAM', name: 'C', slug: newId() }).returning())
  const product = first(await db.insert(s.products).values({ communityId: community.id, slug: newId(), name: 'P' }).returning())
  const customer = first(await db.insert(s.customers).values({ stamUserId: buyer.id, productId: product.id }).returning())
  const program = first(
    await db.insert(s.affiliatePrograms).values({ productId: product.id, defaultRateType: 'percentage', defaultRate: 3000 }).returning(),
  )
  return { affiliate, buyer, community, product, customer, program }
}
type World = Awaited<ReturnType<typeof world>>

const invoiceOf = (w: World) => ({
  customerId: w.customer.id,
  amountExcludingTax: 4083,
  taxAmount: 817,
  amountIncludingTax: 4900,
  kind: 'FIRST' as const,
  taxRateBps: 2000,
  country: 'FR',
})

const commissionOf = (w: World) => ({
  affiliateProgramId: w.program.id,
  affiliateId: w.affiliate.id,
  lockPeriodDays: 45,
  lockedUntil: days(45),
  maturesAt: days(90),
  extendedLockedUntil: days(90),
  lockedAmount: 979,
  extendedLockAmount: 245,
  totalAmount: 1224,
  policyVersion: 1,
  profile: 'NEW' as const,
  earnedAt: NOW,
})

/** What refused: the constraint's name, or a failure when nothing did. */
async function refusal(write: PromiseLike<unknown>): Promise<string | undefined> {
  try {
    await write
  } catch (error) {
    return dbError(error)?.constraint
  }
  throw new Error('It should have been refused.')
}

describe('people', () => {
  it('has one account per e-mail however it is typed', async () => {
    const email = `${newId()}@Example.com`
    await t.db.insert(s.stamUsers).values({ email, authId: newId() })
    expect(await refusal(t.db.insert(s.stamUsers).values({ email: email.toUpperCase(), authId: newId() }))).toBe('stam_users_email_key')
  })

  it('stores no token that would open a session', async () => {
    const { affiliate } = await world()
    const session = { userId: affiliate.id, expiresAt: days(30), lastSeenAt: NOW, authenticatedAt: NOW }
    expect(await refusal(t.db.insert(s.weoktoSessions).values({ ...session, token: newId() }))).toBe('weokto_sessions_token_is_hash')
    await t.db.insert(s.weoktoSessions).values({ ...session, token: 'ab'.repeat(32) })
  })

  it('keeps pearls equal to earned minus spent', async () => {
    const values = { email: `${newId()}@example.com`, authId: newId(), pearlBalance: 98 }
    expect(await refusal(t.db.insert(s.weoktoUsers).values(values))).toBe('weokto_users_pearls_add_up')
    await t.db.insert(s.weoktoUsers).values({ ...values, pearlsEarned: 98 })
  })
})

describe('exactly one of two', () => {
  it('holds for the user of a membership, and it is the platform that says which', async () => {
    const { affiliate, buyer, community } = await world()
    const member = { communityId: community.id, platform: 'STAM' as const, email: 'x@example.com' }
    const insert = (who: { stamUserId?: string; weoktoUserId?: string }) => t.db.insert(s.communityMembers).values({ ...member, ...who })
    expect(await refusal(insert({}))).toBe('community_members_one_user')
    expect(await refusal(insert({ stamUserId: buyer.id, weoktoUserId: affiliate.id }))).toBe('community_members_one_user')
    expect(await refusal(insert({ weoktoUserId: affiliate.id }))).toBe('community_members_user_of_platform')
    await insert({ stamUserId: buyer.id })
  })

  it('holds for the participant of a board and the target of a link', async () => {
    const { affiliate, community, product } = await world()
    const competition = first(
      await t.db
        .insert(s.competitions)
        .values({ type: 'WEEKLY', mode: 'SOLO', startDate: NOW, endDate: days(7), name: 'W', rewards: {} })
        .returning(),
    )
    const entry = { competitionId: competition.id, userId: affiliate.id, guildId: community.id }
    expect(await refusal(t.db.insert(s.competitionLeaderboard).values(entry))).toBe('competition_leaderboard_one_participant')
    const link = { code: newId(), affiliateId: affiliate.id }
    expect(await refusal(t.db.insert(s.affiliateLinks).values(link))).toBe('affiliate_links_one_target')
    expect(await refusal(t.db.insert(s.affiliateLinks).values({ ...link, productId: product.id, communityId: community.id }))).toBe(
      'affiliate_links_one_target',
    )
  })
})

describe('money', () => {
  it.each([
    [{ taxAmount: 818 }, 'invoices_amounts_add_up'],
    [{ amountExcludingTax: -1, taxAmount: 1, amountIncludingTax: 0 }, 'invoices_amounts_not_negative'],
    [{ currency: 'USD' }, 'invoices_currency_eur'],
    [{ country: 'fr' }, 'invoices_country_is_code'],
    [{ status: 'PAID' as const }, 'invoices_paid_has_date'],
  ])('refuses an invoice with %j', async (wrong, constraint) => {
    const w = await world()
    expect(await refusal(t.db.insert(s.invoices).values({ ...invoiceOf(w), ...wrong }))).toBe(constraint)
  })

  it('lets a customer owe one invoice at a time, with amounts that no longer change', async () => {
    const w = await world()
    const invoice = first(
      await t.db
        .insert(s.invoices)
        .values({ ...invoiceOf(w), status: 'PENDING' })
        .returning(),
    )
    expect(await refusal(t.db.insert(s.invoices).values({ ...invoiceOf(w), status: 'PENDING' }))).toBe('invoices_one_pending_key')
    const cheaper = { amountExcludingTax: 0, taxAmount: 0, amountIncludingTax: 0 }
    expect(await refusal(t.db.update(s.invoices).set(cheaper))).toBe('invoices_amounts_frozen')
    await t.db.update(s.invoices).set({ status: 'PAID', paidAt: NOW, number: `F-${invoice.id}` })
    expect(await refusal(t.db.update(s.invoices).set({ number: 'F-2' }))).toBe('invoices_amounts_frozen')
  })

  it('lets an invoice go forward only; a full refund is undone by a dispute won after all', async () => {
    const allowed: string[] = []
    for (const from of INVOICE_STATUSES) {
      for (const to of INVOICE_STATUSES.filter((status) => status !== from)) {
        const values = { ...invoiceOf(await world()), status: from, paidAt: NOW, voidedAt: NOW }
        const { id } = first(await t.db.insert(s.invoices).values(values).returning())
        const write = t.db.update(s.invoices).set({ status: to }).where(eq(s.invoices.id, id))
        const refused = await write.then(
          () => null,
          (error: unknown) => dbError(error)?.constraint,
        )
        if (refused === null) allowed.push(`${from} ${to}`)
        else expect(refused).toBe('invoices_status_steps')
      }
    }
    expect(allowed).toEqual(['DRAFT PENDING', 'DRAFT VOID', 'PENDING PAID', 'PENDING VOID', 'PAID REFUNDED', 'REFUNDED PAID'])
  })

  it('keeps the amounts of an invoice that has a number, whatever its status, and the number itself', async () => {
    const w = await world()
    const number = `F-${newId()}`
    const { id } = first(
      await t.db
        .insert(s.invoices)
        .values({ ...invoiceOf(w), number })
        .returning(),
    )
    const change = (values: Partial<typeof s.invoices.$inferInsert>) => t.db.update(s.invoices).set(values).where(eq(s.invoices.id, id))
    expect(await refusal(change({ amountExcludingTax: 0, taxAmount: 0, amountIncludingTax: 0 }))).toBe('invoices_amounts_frozen')
    expect(await refusal(change({ kind: 'RENEWAL' }))).toBe('invoices_amounts_frozen')
    expect(await refusal(change({ number: null }))).toBe('invoices_amounts_frozen')
  })

  it.each([
    [{ totalAmount: 1225 }, 'affiliate_commissions_parts_add_up'],
    [{ clawedBackAmount: 1225 }, 'affiliate_commissions_clawed_back_in_range'],
    [{ currency: 'USD' }, 'affiliate_commissions_currency_eur'],
    [{ lockedUntil: days(91) }, 'affiliate_commissions_dates_in_order'],
  ])('refuses a commission with %j', async (wrong, constraint) => {
    const w = await world()
    expect(await refusal(t.db.insert(s.affiliateCommissions).values({ ...commissionOf(w), ...wrong }))).toBe(constraint)
  })

  it('freezes what a commission was decided to be', async () => {
    const w = await world()
    await t.db.insert(s.affiliateCommissions).values(commissionOf(w))
    expect(await refusal(t.db.update(s.affiliateCommissions).set({ maturesAt: days(91) }))).toBe('affiliate_commissions_frozen')
    await t.db.update(s.affiliateCommissions).set({ status: 'LOCKED', clawedBackAmount: 249 })
  })

  it('takes three per cent of a withdrawal and allows one open at a time', async () => {
    const { affiliate } = await world()
    const request = { affiliateId: affiliate.id, requestedAmount: 5979, feeAmount: 179, netAmount: 5800 }
    const insert = (values: typeof request) => t.db.insert(s.withdrawalRequests).values(values)
    expect(await refusal(insert({ ...request, feeAmount: 180, netAmount: 5799 }))).toBe('withdrawal_requests_fee_by_the_rule')
    await insert(request)
    expect(await refusal(insert(request))).toBe('withdrawal_requests_one_open_key')
  })
})

describe('kinds kept as text', () => {
  it.each([
    ['affiliate_programs_rate_type_known', RATE_TYPES],
    ['affiliate_attributions_rate_type_known', RATE_TYPES],
    ['affiliate_attributions_source_known', ATTRIBUTION_SOURCES],
    ['affiliate_boost_codes_type_known', BOOST_TYPES],
    ['affiliate_commissions_profile_known', LOCK_PROFILES],
    ['product_access_type_known', ACCESS_TYPES],
    ['manual_payment_buttons_type_known', BUTTON_PAYMENT_TYPES],
    ['withdrawal_requests_method_known', PAYMENT_METHODS],
    ['formations_level_known', FORMATION_LEVELS],
    ['invoices_kind_known', INVOICE_KINDS],
    ['checkout_sessions_state_known', CHECKOUT_STATES],
    ['payment_attempts_kind_known', PAYMENT_ATTEMPT_KINDS],
    ['payment_attempts_status_known', PAYMENT_ATTEMPT_STATUSES],
    ['weokto_users_locale_known', LOCALES],
    ['stam_users_locale_known', LOCALES],
  ])('%s allows what the domain knows and nothing else', async (constraint, values) => {
    const [row] = await t.admin<{ said: string }>(`SELECT pg_get_constraintdef(oid) AS said FROM pg_constraint WHERE conname = $1`, [
      constraint,
    ])
    const allowed = [...(row?.said ?? '').matchAll(/'([^']+)'::text/g)].map((match) => match[1])
    expect(allowed).toEqual(values)
  })

  it('refuses one that nobody knows', async () => {
    const { product } = await world()
    // A wrong kind does not pass the types, so it goes in as the owner of the database would type it.
    const access = t.admin(
      `INSERT INTO product_access (id, "productId", "accessType", "targetId", name, "updatedAt")
      VALUES ('x', $1, 'house', 'y', 'z', CURRENT_TIMESTAMP)`,
      [product.id],
    )
    await expect(access).rejects.toMatchObject({ constraint: 'product_access_type_known' })
  })
})

describe('boosts', () => {
  it('lets an affiliate have many that ended and one that is active', async () => {
    const { affiliate } = await world()
    const code = first(
      await t.db
        .insert(s.affiliateBoostCodes)
        .values({ code: newId(), boostType: 'flat_bonus', boostValue: 50_000, maxUses: 1 })
        .returning(),
    )
    const redemption = { codeId: code.id, affiliateId: affiliate.id }
    await t.db
      .insert(s.affiliateBoostRedemptions)
      .values([{ ...redemption, status: 'EXPIRED' }, { ...redemption, status: 'EXPIRED' }, redemption])
    expect(await refusal(t.db.insert(s.affiliateBoostRedemptions).values(redemption))).toBe('affiliate_boost_redemptions_one_active_key')
    expect(await refusal(t.db.update(s.affiliateBoostCodes).set({ currentUses: 2 }))).toBe('affiliate_boost_codes_uses_in_range')
  })
})
