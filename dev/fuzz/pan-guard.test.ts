import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import * as z from 'zod'
import { consumeQueue } from '#api/queue.ts'
import { request } from '#dev/http-client.ts'
import { CARRIERS, type Carrier } from './card-carriers.ts'
import { cardNumber, ESCAPES, hiddenCard, type HiddenCard } from './cards.ts'
import { dumpOf } from './marks.ts'
import { World, type Asking, type Signed } from './world.ts'

/** How many made-up numbers come in by each way; more with PAN_RUNS. */
const RUNS = Number(process.env['PAN_RUNS'] ?? 313)
const SEED = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 31)
const AT_ONCE = 16

let w: World
let buyer: Signed
const sent: HiddenCard[] = []
const said: string[] = []

beforeAll(async () => {
  w = await World.open()
  buyer = await w.as('buyer')
  vi.spyOn(console, 'error').mockImplementation((...words) => void said.push(words.join(' ')))
})
afterAll(() => w.close())
console.log(`Card numbers are kept out: FUZZ_SEED=${SEED} PAN_RUNS=${RUNS}`)

describe.each(Object.entries(CARRIERS))('a card number in %s', (_, carrier: Carrier) => {
  test('is refused', async () => {
    const cards = fc.sample(hiddenCard, { numRuns: RUNS, seed: SEED + sent.length })
    sent.push(...cards)
    await inTurns(cards, async (card) => expectRefused(await overHttp(carrier(w, buyer, card)), card))
  })
})

test.each(ESCAPES.map((escape) => [escape('4242424242424242'), escape]))('a card number escaped as %s is refused', async (_, escape) => {
  const cards = fc.sample(cardNumber, { numRuns: Math.ceil(RUNS / 10), seed: SEED }).map((digits) => ({ digits, text: escape(digits) }))
  sent.push(...cards)
  const path = `/api/channels/${w.chat('buyer').channelId}/messages`
  await inTurns(cards, async (card) => {
    const body = `{"clientId":"aaaaaaaaaaaa",${card.text.slice(1)}`
    expectRefused(await overHttp({ method: 'POST', path, headers: { 'content-type': 'application/json' }, body }), card)
  })
})

test('a click that carries one in a header leaves nothing of it', async () => {
  const cards = fc.sample(hiddenCard, { numRuns: RUNS, seed: SEED + 1 })
  sent.push(...cards)
  const path = `/r/${w.sold('buyer').linkCode}`
  await inTurns(cards, async ({ text }) => {
    await overHttp({ method: 'GET', path, headers: { referer: `https://example.com/?card=${text}`, 'user-agent': `Mozilla (${text})` } })
  })
  const { services } = w.site
  await services.runtime.settled()
  await consumeQueue(services, { queue: 'clicks', messages: services.runtime.queue.splice(0).map((body) => ({ body })) })
  expect(await w.t.admin('select 1 from affiliate_tracking_events limit 1')).toHaveLength(1)
})

test('no byte of any of them is in the database, the logs, the letters or the queue', async () => {
  await w.site.services.runtime.settled()
  const kept = [
    await dumpOf(w.t),
    ...said,
    JSON.stringify(w.site.mailbox.letters.list()),
    JSON.stringify(w.site.services.runtime.queue),
  ].join('\n')
  const digits = kept.replaceAll(/\D/g, '')
  expect(kept.length).toBeGreaterThan(10_000)
  expect(sent.filter((card) => digits.includes(card.digits) || kept.includes(card.text))).toEqual([])
})

const refusal = z.object({ error: z.object({ code: z.literal('card_number_refused'), message: z.string() }) })

interface Answer {
  status: number
  text: string
}

function expectRefused({ status, text }: Answer, card: HiddenCard): void {
  expect([card.text, status]).toEqual([card.text, 422])
  expect(refusal.safeParse(JSON.parse(text)).success, text).toBe(true)
  expect(text).not.toContain(card.digits)
}

/** Through the socket, as a browser would. */
async function overHttp({ method, path, headers = {}, body }: Asking): Promise<Answer> {
  const cookie = `session=${buyer.cookie['session'] ?? ''}`
  const response = await request(buyer.origin + path, {
    method,
    headers: { cookie, origin: buyer.origin, ...headers },
    ...(typeof body === 'string' ? { body } : {}),
  })
  return { status: response.status, text: await response.text() }
}

async function inTurns<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  for (let at = 0; at < items.length; at += AT_ONCE) await Promise.all(items.slice(at, at + AT_ONCE).map(work))
}
