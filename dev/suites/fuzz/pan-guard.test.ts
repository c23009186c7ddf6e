import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import * as z from 'zod'
import { newId } from '#db/id.ts'
import { request } from '#dev/http-client.ts'
import { BODY_CARRIERS, CARRIERS, UNPROVEN_CARRIERS, type Carrier } from './card-carriers.ts'
import { cardNumber, ESCAPES, hiddenCard, widelyHiddenCard, type HiddenCard } from './cards.ts'
import { dumpOf } from './marks.ts'
import { replacedOneByOne } from './mutate.ts'
import { captureMessage, chargeMessage, processorMessage, type Proven } from './proven.ts'
import { World, type Asking, type Signed } from './world.ts'

/** How many made-up numbers come in by each way; more with PAN_RUNS. */
const RUNS = Number(process.env['PAN_RUNS'] ?? 240)
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

const KINDS = [
  ...Object.entries(CARRIERS).map(([name, carrier]) => [name, carrier, hiddenCard] as const),
  ...Object.entries(BODY_CARRIERS).map(([name, carrier]) => [name, carrier, widelyHiddenCard] as const),
]

describe.each(KINDS)('a card number in %s', (_, carrier, hidden) => {
  test('is refused', async () => {
    const cards = take(hidden, RUNS)
    await inTurns(cards, async (card) => expectRefused(await overHttp(carrier(w, buyer, card)), card))
  })
})

describe.each(Object.entries(UNPROVEN_CARRIERS))('a card number in %s without its proof', (_, carrier: Carrier) => {
  test('is refused for want of the proof', async () => {
    await inTurns(take(widelyHiddenCard, Math.ceil(RUNS / 10)), async (card) => {
      const { status, text } = await overHttp(carrier(w, buyer, card))
      expect([401, 403]).toContain(status)
      expect(text).not.toContain(card.digits)
    })
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

const MESSAGES = [
  ['capture', captureMessage],
  ['charge', chargeMessage],
  ['processor', processorMessage],
] as const

describe.each(MESSAGES)('a proven %s message', (_, message) => {
  test('loses the field that holds a card number and has its effect', async () => {
    for (const card of take(widelyHiddenCard, Math.ceil(RUNS / 20))) {
      const right = await message(w, card.text)
      const { status, text } = await deliver(right, right.body)
      expect([card.text, status, text]).toEqual([card.text, 200, expect.stringMatching(/taken|paid/)])
    }
  })

  test('leaves nothing of it, in whichever field it stands', async () => {
    const [card] = take(widelyHiddenCard, 1)
    const fields = replacedOneByOne((await message(w)).body, card?.text).length
    for (let field = 0; field < fields; field += 1) {
      const right = await message(w)
      expect((await deliver(right, replacedOneByOne(right.body, card?.text)[field])).status).toBeLessThan(500)
    }
  })
})

test('an address may have a number before its @, where an address is asked for and nowhere else', async () => {
  const email = '4242424242424242@people.test'
  const headers = { 'content-type': 'application/json', cookie: '' }
  const { buttonKey } = w.sold('buyer')
  const isRefused = async (path: string, body: object) =>
    (await overHttp({ method: 'POST', path, headers, body: JSON.stringify(body) })).text.includes('card_number_refused')
  expect(await isRefused('/api/sign-in', { email })).toBe(false)
  expect(await isRefused('/api/checkouts', { email, buttonKey, country: 'FR' })).toBe(false)
  expect(await isRefused('/api/sign-in/confirm', { email, code: '000000' })).toBe(false)
  expect(await w.t.admin('select 1 from checkout_sessions where email = $1', [email])).toHaveLength(1)
  expect(await isRefused('/api/sign-in', { email, next: `/${email}` })).toBe(true)
  expect(await isRefused('/api/sign-in', { email, notes: email })).toBe(true)
  expect(await isRefused('/api/sign-in', { email, 4242424242424242: 1 })).toBe(true)
  expect(await isRefused('/api/sign-in', { email: 'a@4242424242424242.test' })).toBe(true)
  expect(await isRefused('/api/sign-in', { email: '4242 4242 4242 4242@people.test' })).toBe(true)
  expect(await isRefused(`/api/channels/${w.chat('buyer').channelId}/messages`, { clientId: newId(), content: email })).toBe(true)
})

test.each([
  'SIRET 362 521 879 00034',
  'FR76 3000 6000 0112 3456 7890 189',
  'fr76-3000-6000-0112-3456-7890-189',
  '+378282246310005',
  '2019 2020 2021 2022',
  '22:00, 22:15, 22:30, 22:45',
])('what is no card number is written in the chat: %s', async (content) => {
  const path = `/api/channels/${w.chat('buyer').channelId}/messages`
  const body = JSON.stringify({ clientId: newId(), content })
  expect((await overHttp({ method: 'POST', path, headers: { 'content-type': 'application/json' }, body })).status).toBe(201)
})

test('no byte of any of them is in the database, the logs, the mails or the queue', async () => {
  await w.site.services.runtime.settled()
  const kept = [
    await dumpOf(w.t),
    ...said,
    JSON.stringify(w.site.mailbox.mails.list()),
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

function take(hidden: fc.Arbitrary<HiddenCard>, count: number): HiddenCard[] {
  const cards = fc.sample(hidden, { numRuns: count, seed: SEED + sent.length })
  sent.push(...cards)
  return cards
}

async function deliver({ path, headers }: Proven, body: unknown): Promise<Answer> {
  const bodyText = JSON.stringify(body)
  return overHttp({ method: 'POST', path, headers: { 'content-type': 'application/json', ...headers(bodyText) }, body: bodyText })
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
