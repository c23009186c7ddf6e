import { randomBytes } from 'node:crypto'
import { newId } from '#db/id.ts'
import type { SqlRequest } from '#dev/stand-ins/neon/request.ts'
import { requestText } from './client.ts'
import { processorIdOf, type Waiting } from './sale-world.ts'

export interface Recording {
  sale: Waiting
  batch: SqlRequest
}

/** What stands in a sale's statements and belongs to that sale alone, by the name of its place. */
const placesOf = (sale: Waiting): [place: string, value: string][] => [
  ['processorId', processorIdOf(sale.attemptId)],
  ['attemptId', sale.attemptId],
  ['invoiceId', sale.invoiceId],
  ['customerId', sale.customerId],
  ['checkoutId', sale.checkoutId],
  ['stamUserId', sale.stamUserId],
  ['affiliateId', sale.affiliateId],
  ['linkId', sale.linkId],
  ['clickId', sale.clickId],
  ['email', sale.email],
]

const FRESH_ID = /(?<![a-z0-9])[a-z][a-z0-9]{23}(?![a-z0-9])/g
const DIGEST = /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g
/** The end of a card's number, which the checkout kept. */
const LAST4 = /(\\?")\d{4}\1/g
const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g

/** The statements of one paid sale as the app sent them, to be sent again for other sales without the app. */
export class BareSale {
  readonly #template: string
  readonly #front: { connectionString: string; port: number }

  /** Takes two recordings: what differs between them must be named, or the copies would not be equivalent. */
  constructor(recordings: readonly [Recording, Recording], port: number) {
    const [one, other] = recordings
    this.#template = templateOf(one, wordsOf(other.batch))
    if (this.#template !== templateOf(other, wordsOf(one.batch)))
      throw new Error('Two sales of one kind sent different statements: the bare side would not be equivalent.')
    this.#front = { connectionString: one.batch.connectionString, port }
  }

  get statements(): number {
    return (JSON.parse(this.#template) as { queries: unknown[] }).queries.length
  }

  /** The request that makes this sale paid, whole. */
  requestFor(sale: Waiting): string {
    const values = new Map(placesOf(sale))
    const now = Date.now()
    const body = this.#template.replaceAll(/\{\{([\w+-]+)\}\}/g, (_, place: string) => {
      const known = values.get(place)
      if (known !== undefined) return known
      const made = madeFor(place, now)
      values.set(place, made)
      return made
    })
    const { connectionString, port } = this.#front
    const head = {
      host: `127.0.0.1:${port}`,
      'content-type': 'application/json',
      'neon-connection-string': connectionString,
      'neon-raw-text-output': 'true',
      'neon-array-mode': 'true',
    }
    return requestText('POST', '/sql', head, body)
  }
}

function madeFor(place: string, now: number): string {
  if (place.startsWith('new')) return newId()
  if (place === 'digest') return randomBytes(32).toString('hex')
  if (place === 'last4') return '4242'
  if (place.startsWith('now')) return new Date(now + Number(place.slice(3))).toISOString()
  throw new Error(`Nothing is known of ${place}.`)
}

function bodyOf({ statements }: SqlRequest): string {
  return JSON.stringify({ queries: statements.map(({ text, values }) => ({ query: text, params: values })) })
}

/** The ids and instants of a recording. Those that the other recording has too belong to the world, not to the sale. */
function wordsOf(batch: SqlRequest): ReadonlySet<string> {
  const text = bodyOf(batch)
  return new Set([FRESH_ID, INSTANT, LAST4].flatMap((words) => text.match(words) ?? []))
}

/** Names everything in the recorded statements that another sale would say differently. */
function templateOf({ sale, batch }: Recording, shared: ReadonlySet<string>): string {
  let text = bodyOf(batch)
  for (const [place, value] of placesOf(sale)) text = text.replaceAll(value, `{{${place}}}`)
  const fresh = new Map<string, string>()
  const now = Date.parse(mostFrequent(text.match(INSTANT) ?? []))
  return text
    .replaceAll(FRESH_ID, (id) => {
      if (shared.has(id)) return id
      fresh.set(id, fresh.get(id) ?? `{{new${fresh.size}}}`)
      return fresh.get(id) ?? id
    })
    .replaceAll(INSTANT, (instant) => (shared.has(instant) ? instant : `{{now${signed(Date.parse(instant) - now)}}}`))
    .replaceAll(LAST4, (last4) => (shared.has(last4) ? last4 : last4.replace(/\d{4}/, '{{last4}}')))
    .replaceAll(DIGEST, '{{digest}}')
}

const signed = (offset: number): string => (offset < 0 ? String(offset) : `+${offset}`)

/** The moment of the sale stands in nearly every statement, and every other time of it is counted from there. */
function mostFrequent(values: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].toSorted(([, one], [, other]) => other - one)[0]?.[0] ?? ''
}
