import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { DEFAULT_POLICY, type Policy } from '#domain/base/policy.ts'
import { startSite, type Site } from '#dev/testing/site.ts'

let t: TestDatabase
let site: Site

beforeAll(async () => {
  t = await testDatabase()
  site = await startSite(t)
})
afterAll(async () => {
  await site.stop()
  await t.close()
})

const inForce = (version: number, validFrom: string, json: object) =>
  t.admin(`insert into policies (version, "validFrom", json, reason) values ($1, $2, $3, 'test')`, [
    version,
    validFrom,
    JSON.stringify(json),
  ])

const read = async (visitor = site.weokto()) => {
  const answer = await visitor.get('/api/policy')
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'public, max-age=60'])
  return (await answer.json()) as Partial<Policy>
}

test('anybody reads the rules in force, on either site, as soon as they are', async () => {
  expect(await read()).toMatchObject({ version: 1, lock: DEFAULT_POLICY.lock })
  const lock = { ...DEFAULT_POLICY.lock, NEW: { mainPercent: 85, mainLockDays: 7, extendedLockDays: 21 } }
  await inForce(2, '2026-01-01', { lock, hold: { decideWithinDays: 5 } })
  await inForce(3, '2199-01-01', { hold: { decideWithinDays: 9 } })
  for (const visitor of [site.weokto(), site.stam()])
    expect(await read(visitor)).toMatchObject({
      version: 2,
      validFrom: '2026-01-01T00:00:00.000Z',
      lock: { NEW: { mainLockDays: 7 }, TRUSTED: DEFAULT_POLICY.lock.TRUSTED },
      hold: { decideWithinDays: 5 },
    })
})

test('what keeps fraud away is nobody’s to read', async () => {
  const policy = await read()
  expect(Object.keys(policy).toSorted()).toEqual(['age', 'hold', 'lock', 'risk', 'switches', 'validFrom', 'vat', 'version'])
  expect([Object.keys(policy.hold ?? {}), Object.keys(policy.switches ?? {})]).toEqual([['decideWithinDays'], ['guildPrograms']])
})
