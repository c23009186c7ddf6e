import { afterEach, beforeEach, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { FRESH_SIGN_IN_MS } from '#domain/access.ts'
import { SETUP_TRIES_PER_NETWORK_HOUR } from '#domain/identity/setup.ts'
import { makeAffiliate, makePerson } from '#dev/testing/people.ts'
import { testContext, testServices } from '#dev/testing/services.ts'
import type { Ctx } from '#api/context.ts'
import { openBusiness } from './open-business.ts'
import { showSetup } from './show-setup.ts'

const KEY = 'k'.repeat(40)
const now = new Date('2026-05-01T10:00:00Z')

let t: TestDatabase
// Each opens a business of its own.
beforeEach(async () => {
  t = await testDatabase()
  await t.admin('delete from business_opening')
})
afterEach(() => t.close())

/** A process of its own for each: what one has learnt the others have not. */
const services = () => testServices(t, { SETUP_KEY: KEY })

async function somebody(made = makePerson(t.db)): Promise<Ctx & { personId: string }> {
  const person = await made
  return { ...testContext(services(), now, person), personId: person.id }
}

const owners = () => t.admin<{ id: string }>(`select id from weokto_users where "userType" = 'OWNER'`)

test('whoever brings the key becomes the owner, what they had stays theirs, and the log tells it', async () => {
  const ctx = await somebody(makeAffiliate(t.db))
  expect(await showSetup(ctx)).toEqual({ state: 'open' })
  await openBusiness(ctx, { key: KEY })
  expect(await owners()).toEqual([{ id: ctx.personId }])
  expect(await t.admin(`select count(*)::int as profiles from affiliate_profiles where "userId" = $1`, [ctx.personId])).toEqual([
    { profiles: 1 },
  ])
  expect(await t.admin(`select action, "actorId", "targetId", before, after from audit_log`)).toEqual([
    { action: 'business.opened', actorId: ctx.personId, targetId: ctx.personId, before: { role: 'AFFILIATE' }, after: { role: 'OWNER' } },
  ])
  expect(await showSetup(ctx)).toEqual({ state: 'closed' })
})

test('never again afterwards: not with the right key, and not for whoever holds it when the owner is gone', async () => {
  await openBusiness(await somebody(), { key: KEY })
  await expect(openBusiness(await somebody(), { key: KEY })).rejects.toMatchObject({ code: 'setup_closed' })
  await t.admin(`update weokto_users set "userType" = 'CLIENT'`)
  const late = await somebody()
  expect(await showSetup(late)).toEqual({ state: 'closed' })
  await expect(openBusiness(late, { key: KEY })).rejects.toMatchObject({ code: 'setup_closed' })
  expect(await owners()).toEqual([])
})

test('a business whose owner was there before this page existed is not opened by it', async () => {
  await makePerson(t.db, { userType: 'OWNER' })
  await expect(openBusiness(await somebody(), { key: KEY })).rejects.toMatchObject({ code: 'setup_closed' })
})

test('fifty who bring the key at once make one owner', async () => {
  const all = await Promise.all(Array.from({ length: 50 }, () => somebody()))
  const answers = await Promise.allSettled(
    all.map((ctx, index) => openBusiness({ ...ctx, client: { ...ctx.client, ip: `198.51.100.${index}` } }, { key: KEY })),
  )
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  const codes = answers.flatMap((answer) => (answer.status === 'rejected' ? [(answer.reason as { code: string }).code] : []))
  expect(new Set(codes)).toEqual(new Set(['setup_closed']))
  expect(await owners()).toHaveLength(1)
  expect(await t.admin(`select count(*)::int as lines from audit_log`)).toEqual([{ lines: 1 }])
})

test('another key is refused on its field, and after some tries a network waits, with the right one as well', async () => {
  const ctx = await somebody()
  for (let tries = 0; tries < SETUP_TRIES_PER_NETWORK_HOUR; tries++)
    await expect(openBusiness(ctx, { key: `${KEY}x` })).rejects.toMatchObject({
      code: 'setup_key_wrong',
      fields: { key: expect.stringContaining('clé') },
    })
  await expect(openBusiness(ctx, { key: KEY })).rejects.toMatchObject({ code: 'rate_limited' })
  expect(await owners()).toEqual([])
  expect(await t.admin(`select count(*)::int as lines from audit_log`)).toEqual([{ lines: 0 }])
})

test('a visitor, an old sign-in, the other site and a platform without a key open nothing', async () => {
  const ctx = await somebody()
  await expect(openBusiness(testContext(services(), now), { key: KEY })).rejects.toMatchObject({ code: 'unauthorized' })
  const old = { ...ctx, now: new Date(now.getTime() + FRESH_SIGN_IN_MS + 1) }
  await expect(openBusiness(old, { key: KEY })).rejects.toMatchObject({ code: 'fresh_sign_in_required' })
  expect(await showSetup({ ...ctx, platform: 'STAM' })).toEqual({ state: 'closed' })
  await expect(openBusiness({ ...ctx, platform: 'STAM' }, { key: KEY })).rejects.toMatchObject({ code: 'setup_closed' })
  const keyless = { ...ctx, config: { ...ctx.config, SETUP_KEY: undefined } }
  expect(await showSetup(keyless)).toEqual({ state: 'keyless' })
  await expect(openBusiness(keyless, { key: KEY })).rejects.toMatchObject({ code: 'setup_keyless' })
  expect(await owners()).toEqual([])
})
