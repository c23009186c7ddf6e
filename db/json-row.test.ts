import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeAffiliate, makeOffer } from '#dev/testing/people.ts'
import { jsonRow, optionalRow, rowReader } from './json-row.ts'
import { affiliateCommissions, affiliateLedger, affiliatePrograms, messages, weoktoUsers } from './schema/all.ts'
import { testDatabase, type TestDatabase } from './testing.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await testDatabase()
})
afterAll(() => t.close())

test('a row that came as JSON is the row that the driver reads', async () => {
  const affiliate = await makeAffiliate(t.db, { firstCommissionAt: new Date('2026-01-15T10:00:00.007Z') })
  const [one] = await t.db.select().from(weoktoUsers).where(eq(weoktoUsers.id, affiliate.id))
  const [{ json } = { json: null }] = await t.admin<{ json: unknown }>(`select to_jsonb(u) as json from weokto_users u where id = $1`, [
    affiliate.id,
  ])
  expect(rowReader(weoktoUsers)(json)).toEqual(one)
  expect(one?.firstCommissionAt).toEqual(new Date('2026-01-15T10:00:00.007Z'))
})

test('decimals come as the integers that the program counts with', async () => {
  await makeOffer(t.db)
  const [program] = await t.db.select().from(affiliatePrograms)
  const [{ json } = { json: null }] = await t.admin<{ json: unknown }>(`select to_jsonb(p) as json from affiliate_programs p`)
  expect(rowReader(affiliatePrograms)(json)).toEqual(program)
  expect(program?.defaultRate).toBe(3000)
})

test('a column that is missing, or empty where it may not be, is said and not passed on', () => {
  const read = rowReader(affiliatePrograms)
  expect(() => read({})).toThrow(/came without/)
  expect(() => read(null)).toThrow('A row is an object.')
  expect(optionalRow(read)(null)).toBeNull()
})

test('a table of 64-bit numbers is refused, because JSON would round them', () => {
  expect(() => rowReader(messages)).toThrow('has 64 bits')
  expect(() => rowReader(affiliateLedger)).not.toThrow()
})

test('what is written as JSON arrives as it was meant', async () => {
  const row = jsonRow(affiliateCommissions, {
    rateApplied: 3050,
    heldReasons: ['no_guild'],
    metadata: { guildId: null },
    lockedUntil: new Date('2026-03-01T00:00:00.123Z'),
    extendedLockedUntil: null,
  })
  const [read] = await t.admin(
    `select c."rateApplied"::text as rate, c."heldReasons" as reasons, c.metadata, c."lockedUntil"::text as until, c."extendedLockedUntil" as later
      from jsonb_populate_record(null::affiliate_commissions, $1) c`,
    [JSON.stringify(row)],
  )
  expect(read).toEqual({
    rate: '0.3050',
    reasons: ['no_guild'],
    metadata: { guildId: null },
    until: '2026-03-01 00:00:00.123',
    later: null,
  })
  expect(() => jsonRow(affiliateCommissions, Object.fromEntries([['nonsense', 1]]))).toThrow('There is no column nonsense.')
})
