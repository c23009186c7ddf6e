import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectBooksBalanced } from '#db/ledger/verify.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { seed } from './seed.ts'

let t: TestDatabase

beforeAll(async () => {
  t = await testDatabase()
  await seed({ databaseUrl: t.databaseUrl, adminUrl: '', httpEndpoint: t.httpEndpoint, now: new Date('2026-11-01T09:00:00Z') })
})
afterAll(() => t.close())

test('the demo has an affiliate of each risk profile, with history, and its books balance', async () => {
  await expectBooksBalanced(t.admin)
  const levels = await t.admin<{ riskLevel: string; n: number }>(
    `select "riskLevel", count(*)::int as n from weokto_users where "userType" = 'AFFILIATE' group by 1 order by 1`,
  )
  expect(levels).toEqual([
    { riskLevel: 'NORMAL', n: 4 },
    { riskLevel: 'AT_RISK', n: 1 },
    { riskLevel: 'HIGH_RISK', n: 1 },
    { riskLevel: 'EXTREME_RISK', n: 1 },
  ])
  const profiles = await t.admin<{ profile: string }>('select distinct profile from affiliate_commissions order by 1')
  expect(profiles.map(({ profile }) => profile)).toEqual(expect.arrayContaining(['NEW', 'RECENT', 'TRUSTED', 'VALIDATED']))
  const statuses = await t.admin<{ status: string }>('select distinct status::text from affiliate_commissions')
  expect(statuses.map(({ status }) => status)).toEqual(expect.arrayContaining(['LOCKED', 'MATURED', 'CLAWED_BACK']))
})
