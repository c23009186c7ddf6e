import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#db/id.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { DEFAULT_POLICY } from '#domain/base/policy.ts'
import { makeAffiliate, makeLink, makeOffer } from '#dev/testing/people.ts'
import { testContext } from '#dev/testing/services.ts'
import { startSite, type Site } from '#dev/testing/site.ts'
import type { ClickMessage } from './click-message.ts'
import { consumeClicks } from './consume-clicks.ts'

const MOST = DEFAULT_POLICY.clicks.uniquePerNetworkDay
const NOON = new Date('2026-03-10T12:00:00Z')

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

async function newLink() {
  const [affiliate, offer] = await Promise.all([makeAffiliate(t.db), makeOffer(t.db)])
  return makeLink(t.db, { affiliateId: affiliate.id, productId: offer.product.id })
}

type Link = Awaited<ReturnType<typeof newLink>>

const agent = (n: number) => `Mozilla/5.0 (X11; Linux x86_64; rv:${100 + n}.0) Gecko/20100101 Firefox/${100 + n}.0`

function click({ id: linkId, affiliateId, productId }: Link, n: number, values: Partial<ClickMessage> = {}): ClickMessage {
  const clickedAt = NOON.getTime() + n
  return {
    ...{ clickId: newId(), linkId, affiliateId, productId, platform: 'STAM', clickedAt, expiresAt: clickedAt + 30 * 86_400_000 },
    ...{ filteredReason: null, campaign: null, source: null, medium: null, subId: null, utm: {}, landingPath: '/', referrer: null },
    ...{ ip: '203.0.113.0/24', country: 'FR', city: 'Lyon', userAgent: agent(n) },
    ...values,
  }
}

async function counted(linkId: string) {
  const [row] = await t.admin<{ gross: number; unique: number; filtered: number }>(
    `select sum("grossClicks")::int as gross, sum("uniqueClicks")::int as unique, sum("filteredClicks")::int as filtered from affiliate_daily_stats where "linkId" = $1`,
    [linkId],
  )
  const [events] = await t.admin<{ unique: number }>(
    `select count(*) filter (where "isUnique")::int as unique from affiliate_tracking_events where "linkId" = $1`,
    [linkId],
  )
  expect(events?.unique).toBe(row?.unique)
  return row
}

const consume = (messages: readonly unknown[]) => consumeClicks(testContext(site.services, NOON), messages)
const forty = Array.from({ length: 40 }, (_, n) => n)

test('forty visits of one network with forty browsers are at most the policy’s number of unique ones', async () => {
  const link = await newLink()
  for (const n of forty) {
    const { status } = await site.stam().get(`/r/${link.code}`, { headers: { 'user-agent': agent(n) } })
    expect(status).toBe(302)
  }
  await site.services.runtime.settled()
  await consumeClicks({ ...site.services, now: new Date() }, site.services.runtime.queue)
  expect(await counted(link.id)).toEqual({ gross: 40, unique: MOST, filtered: 0 })
})

test('it holds for batches at once and messages that come three times, for each network by itself', async () => {
  const link = await newLink()
  const messages = ['203.0.113.0/24', '198.51.100.0/24'].flatMap((ip) => forty.map((n) => click(link, n, { ip })))
  const batches = Array.from({ length: 24 }, (_, b) => messages.filter((_click, n) => n % 8 === b % 8))
  await Promise.all(batches.map(consume))
  expect(await counted(link.id)).toEqual({ gross: 80, unique: 2 * MOST, filtered: 0 })
})

test('each day of Paris has its own, and each link; filtered clicks take nobody’s place', async () => {
  const [link, other] = [await newLink(), await newLink()]
  const bots = forty.map((n) => click(link, n, { filteredReason: 'bot' }))
  // The first of the next day in Paris, 23:00 of this one in UTC.
  const tomorrow = { clickedAt: new Date('2026-03-10T23:00:00Z').getTime() }
  const lastMoment = { clickedAt: tomorrow.clickedAt - 1 }
  await consume([...bots, ...forty.map((n) => click(link, n)), ...forty.map((n) => click(other, n))])
  await consume([click(link, 41, lastMoment), click(link, 42, tomorrow), click(other, 41, lastMoment)])
  expect(await counted(link.id)).toEqual({ gross: 42, unique: MOST + 1, filtered: 40 })
  expect(await counted(other.id)).toEqual({ gross: 41, unique: MOST, filtered: 0 })
})

test('the number is the policy’s', async () => {
  await t.admin(
    `insert into policies (version, "validFrom", json, reason) values (2, '2026-01-01', '{"clicks": {"uniquePerNetworkDay": 3}}', 'test')`,
  )
  const link = await newLink()
  await consume(forty.map((n) => click(link, n)))
  expect(await counted(link.id)).toEqual({ gross: 40, unique: 3, filtered: 0 })
})
