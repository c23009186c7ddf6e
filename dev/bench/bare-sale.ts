import { randomBytes } from 'node:crypto'
import { newId } from '#db/id.ts'
import type { SqlRequest } from '#dev/stand-ins/neon/request.ts'
import { requestText } from './client.ts'
import { processorIdOf, type Waiting } from './sale-world.ts'

export interface Recording {
  sale: Waiting
  request: SqlRequest
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
/** The end of a card's number, which the checkout kept; in a value that is JSON itself its quotes are escaped. */
const LAST4 = /(\\?")\d{4}\1/g
const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g

/** One request of a paid sale as it was once sent, to be sent again for other sales by nobody in particular. */
export class BareSale {
  readonly #template: string
  readonly #world: ReadonlyMap<string, string>
  readonly #front: { connectionString: string; port: number }

  constructor(template: string, front: { connectionString: string; port: number }, world: Readonly<Record<string, string>> = {}) {
    this.#template = template
    this.#world = new Map(Object.entries(world))
    this.#front = front
  }

  /** Takes two recordings: what differs between them must be named, or the copies would not be equivalent. */
  static of([one, other]: readonly [Recording, Recording], port: number): BareSale {
    const template = templateOf(one, wordsOf(other.request))
    if (template !== templateOf(other, wordsOf(one.request)))
      throw new Error('Two sales of one kind sent different statements: the bare side would not be equivalent.')
    return new BareSale(template, { connectionString: one.request.connectionString, port })
  }

  /** The request for this sale, whole. */
  requestFor(sale: Waiting): string {
    return requestText('POST', '/sql', { host: `127.0.0.1:${this.#front.port}`, ...this.headers }, this.bodyFor(sale))
  }

  get headers(): Record<string, string> {
    return {
      'content-type': 'application/json',
      'neon-connection-string': this.#front.connectionString,
      'neon-raw-text-output': 'true',
      'neon-array-mode': 'true',
    }
  }

  bodyFor(sale: Waiting): string {
    const values = new Map([...this.#world, ...placesOf(sale)])
    const now = Date.now()
    return this.#template.replaceAll(/\{\{([\w+-]+)\}\}/g, (_, place: string) => {
      const known = values.get(place)
      if (known !== undefined) return known
      const made = madeFor(place, now)
      values.set(place, made)
      return made
    })
  }
}

function madeFor(place: string, now: number): string {
  if (place.startsWith('new')) return newId()
  if (place === 'digest') return randomBytes(32).toString('hex')
  if (place === 'last4') return '4242'
  if (place.startsWith('now')) return new Date(now + Number(place.slice(3))).toISOString()
  throw new Error(`Nothing is known of ${place}.`)
}

/** One statement travels alone, several as a batch. */
function bodyOf({ statements }: SqlRequest): string {
  const queries = statements.map(({ text, values }) => ({ query: text, params: values }))
  return JSON.stringify(queries.length === 1 ? queries[0] : { queries })
}

/** The ids and instants of a recording. Those that the other recording has too belong to the world, not to the sale. */
function wordsOf(request: SqlRequest): ReadonlySet<string> {
  const text = bodyOf(request)
  return new Set([FRESH_ID, INSTANT, LAST4].flatMap((words) => text.match(words) ?? []))
}

/** Names everything in the recorded statements that another sale would say differently. */
function templateOf({ sale, request }: Recording, shared: ReadonlySet<string>): string {
  let text = bodyOf(request)
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
