import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eq } from 'drizzle-orm'
import { COUNTER_MOST } from '#db/counter.ts'
import { newId } from '#db/id.ts'
import { affiliateDailyStats, affiliateTrackingEvents } from '#db/schema/all.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import type { Ctx } from '#api/context.ts'
import { makeAffiliate, makeLink, makeOffer } from '#dev/testing/people.ts'
import { testContext, testServices } from '#dev/testing/services.ts'
import type { ClickMessage } from './click-message.ts'
import { consumeClicks } from './consume-clicks.ts'

const NOW = new Date('2026-03-10T12:00:00Z')
const SAFARI =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1'

let t: TestDatabase
let ctx: Ctx

beforeAll(async () => {
  t = await testDatabase()
  ctx = testContext(testServices(t), NOW)
})
afterAll(() => t.close())

async function newLink() {
  const [affiliate, offer] = await Promise.all([makeAffiliate(t.db), makeOffer(t.db)])
  return makeLink(t.db, { affiliateId: affiliate.id, productId: offer.product.id })
}

type Link = Awaited<ReturnType<typeof newLink>>

function click(link: Link, values: Partial<ClickMessage> = {}): ClickMessage {
  const base = { clickId: newId(), linkId: link.id, affiliateId: link.affiliateId, productId: link.productId, platform: 'STAM' as const }
  const when = { clickedAt: NOW.getTime(), expiresAt: NOW.getTime() + 30 * 86_400_000 }
  const what = {
    filteredReason: null,
    campaign: null,
    source: null,
    medium: null,
    subId: null,
    utm: {},
    landingPath: '/',
    referrer: null,
    ip: '203.0.113.0/24',
    country: 'FR',
    city: 'Lyon',
  }
  return { ...base, ...when, ...what, userAgent: SAFARI, ...values }
}

async function counted(link: Link) {
  const rows = await t.db.select().from(affiliateDailyStats).where(eq(affiliateDailyStats.linkId, link.id))
  const sum = (key: 'grossClicks' | 'uniqueClicks' | 'filteredClicks') => rows.reduce((total, row) => total + row[key], 0)
  return { gross: sum('grossClicks'), unique: sum('uniqueClicks'), filtered: sum('filteredClicks') }
}

const events = (link: Link) => t.db.select().from(affiliateTrackingEvents).where(eq(affiliateTrackingEvents.linkId, link.id))

function shuffled<Item>(items: readonly Item[], seed: number): Item[] {
  let state = seed
  const random = () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648
  return items
    .map((item) => ({ item, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item)
}

describe('a click counts once', () => {
  test('when each message comes three times, shuffled, in batches that overlap', async () => {
    const links = await Promise.all([newLink(), newLink(), newLink()])
    const people = Array.from({ length: 10 }, (_, n) => `203.0.${n}.0/24`)
    const messages = links.flatMap((link) =>
      Array.from({ length: 60 }, (_, n) =>
        click(link, { ip: people[n % 10] ?? null, filteredReason: n % 20 === 19 ? 'head' : null, clickedAt: NOW.getTime() + n }),
      ),
    )
    const deliveries = shuffled([...messages, ...messages, ...messages], 7)
    const batches = Array.from({ length: Math.ceil(deliveries.length / 20) }, (_, n) => deliveries.slice(n * 20, n * 20 + 20))
    await Promise.all(batches.map((batch) => consumeClicks(ctx, batch)))
    for (const link of links) {
      expect(await events(link)).toHaveLength(60)
      expect(await counted(link)).toEqual({ gross: 57, unique: 10, filtered: 3 })
      expect((await events(link)).filter((row) => row.isUnique)).toHaveLength(10)
    }
  })

  test('when a sale wrote it first, and is filled in then', async () => {
    const link = await newLink()
    const message = click(link, { subId: 'story', source: 'tiktok', medium: 'social', utm: { utm_source: 'tiktok', utm_medium: 'social' } })
    const { clickId, affiliateId, linkId, productId } = message
    await t.db
      .insert(affiliateTrackingEvents)
      .values({ id: clickId, clickId, affiliateId, linkId, productId, createdAt: new Date(NOW.getTime() - 700) })
    await consumeClicks(ctx, [message])
    await consumeClicks(ctx, [message, click(link)])
    expect(await counted(link)).toEqual({ gross: 2, unique: 1, filtered: 0 })
    const row = (await events(link)).find((event) => event.clickId === clickId)
    expect(row).toMatchObject({
      subId: 'story',
      source: 'tiktok',
      medium: 'social',
      country: 'FR',
      isUnique: true,
      ip: '203.0.113.0/24',
      createdAt: NOW,
    })
  })

  test('when a sale writes it in the same instant, on the key that the upsert does not watch', async () => {
    const link = await newLink()
    const message = click(link)
    // Only the first try is refused: a sequence keeps its count when the transaction goes.
    await t.admin(`create sequence tries`)
    await t.admin(`create function met() returns trigger language plpgsql security definer as $$ begin
      if nextval('tries') = 1 then raise unique_violation using constraint = 'affiliate_tracking_events_pkey'; end if; return new; end $$`)
    await t.admin(`create trigger met before insert on affiliate_tracking_events for each row execute function met()`)
    try {
      await consumeClicks(ctx, [message])
    } finally {
      await t.admin(`drop trigger met on affiliate_tracking_events`)
    }
    expect(await counted(link)).toEqual({ gross: 1, unique: 1, filtered: 0 })
  })

  test('up to the end of a counter, where it stands still', async () => {
    const link = await newLink()
    await consumeClicks(ctx, [click(link)])
    await t.db.update(affiliateDailyStats).set({ grossClicks: COUNTER_MOST }).where(eq(affiliateDailyStats.linkId, link.id))
    await consumeClicks(ctx, [click(link), click(link)])
    expect(await counted(link)).toEqual({ gross: COUNTER_MOST, unique: 1, filtered: 0 })
  })

  test('on the day of Paris', async () => {
    const link = await newLink()
    const late = new Date('2026-03-10T23:30:00Z').getTime()
    const summer = new Date('2026-07-10T22:30:00Z').getTime()
    await consumeClicks(ctx, [
      click(link, { clickedAt: late }),
      click(link, { clickedAt: summer }),
      click(link, { clickedAt: NOW.getTime() }),
    ])
    const rows = await t.db.select().from(affiliateDailyStats).where(eq(affiliateDailyStats.linkId, link.id))
    expect(rows.map((row) => row.day).toSorted()).toEqual(['2026-03-10', '2026-03-11', '2026-07-11'])
  })
})

test('a filtered click is kept with its reason, and takes nobody’s unique one', async () => {
  const link = await newLink()
  await consumeClicks(ctx, [click(link, { filteredReason: 'bot', clickedAt: NOW.getTime() - 5 }), click(link), click(link)])
  expect(await counted(link)).toEqual({ gross: 2, unique: 1, filtered: 1 })
  expect((await events(link)).filter((row) => row.filteredReason === 'bot')).toMatchObject([{ isUnique: false }])
})

describe('whatever stands in a message', () => {
  test('hostile text is stored harmless or not at all', async () => {
    const link = await newLink()
    const hostile = [
      '\u0000',
      'a\u0000b',
      '\ud800',
      `${'x'.repeat(99)}😀`,
      "'; drop table weokto_users; --",
      '\\u0000',
      '4242 4242 4242 4242',
      '{"a":1}',
      '$1',
      '‮gnp.exe',
    ]
    await consumeClicks(
      ctx,
      hostile.map((text) =>
        click(link, {
          campaign: text,
          subId: text,
          source: text,
          utm: { utm_source: text, utm_content: text },
          city: text,
          referrer: text,
          userAgent: `${SAFARI} ${text}`,
        }),
      ),
    )
    const rows = await events(link)
    expect(rows).toHaveLength(hostile.length)
    expect(JSON.stringify(rows)).not.toContain('4242')
    expect(rows.every((row) => row.subId === null || row.subId.isWellFormed())).toBe(true)
  })

  test('one that cannot be read, or names somebody else’s link, does not hold up the others', async () => {
    const [link, other] = await Promise.all([newLink(), newLink()])
    const good = click(link)
    await consumeClicks(ctx, [
      null,
      'text',
      {},
      { ...good, clickId: 7 },
      click(link, { affiliateId: other.affiliateId }),
      click(link, { linkId: newId() }),
      good,
    ])
    expect(await events(link)).toHaveLength(1)
    expect(await counted(link)).toEqual({ gross: 1, unique: 1, filtered: 0 })
  })
})
