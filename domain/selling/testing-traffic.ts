import { DECLINES_WINDOW_MS, IN_FLIGHT_MS, type Tallies, type Tally } from './brake.ts'

/** Orders as a button sees them, for the tests of the brake: who, when, and what the bank will say. */
export interface TestOrder {
  at: Date
  card: string
  checkout: string
  network: string
  button: string
  isDeclined: boolean
  answeredAfterMs: number
}

const START = Date.parse('2026-03-02T08:00:00Z')
/** A buyer whose card is refused tries twice more, with another card at last, and gives up. */
const MOST_TRIES = 3

/** Small, fast and repeatable: mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/**
 * One button's ordinary hours, in the order of time: every bank refuses its share, whoever is refused tries again a minute or two later, most buyers come from
 * a network of their own and every third from one of a few that many share (an office, a telephone company).
 */
export function ordinaryTraffic(input: { hours: number; salesPerHour: number; declinedShare: number; seed: number }): TestOrder[] {
  const random = randomFrom(input.seed)
  const buyers = Math.round(input.hours * input.salesPerHour)
  const orders: TestOrder[] = []
  for (let buyer = 0; buyer < buyers; buyer += 1) {
    let at = START + random() * input.hours * 3_600_000
    const network = random() < 1 / 3 ? `shared-${Math.floor(random() * 20)}` : `own-${buyer}`
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const isDeclined = random() < input.declinedShare
      const card = `card-${buyer}-${tries < 2 ? 0 : 1}`
      orders.push({
        at: new Date(at),
        card,
        checkout: `checkout-${buyer}`,
        network,
        button: 'button',
        isDeclined,
        answeredAfterMs: 1_000 + random() * 4_000,
      })
      if (!isDeclined) break
      at += 60_000 + random() * 90_000
    }
  }
  return orders.toSorted((one, other) => one.at.getTime() - other.at.getTime())
}

/** What the database counts, in memory. */
export class Tallied {
  readonly #orders: TestOrder[] = []

  add(order: TestOrder): void {
    this.#orders.push(order)
    while ((this.#orders[0]?.at.getTime() ?? Infinity) < order.at.getTime() - DECLINES_WINDOW_MS) this.#orders.shift()
  }

  at(now: TestOrder): Tallies {
    const of = (key: 'card' | 'checkout' | 'network' | 'button') => this.#tally(now.at.getTime(), (order) => order[key] === now[key])
    return { card: of('card'), checkout: of('checkout'), network: of('network'), button: of('button') }
  }

  #tally(now: number, counts: (order: TestOrder) => boolean): Tally {
    const tally: Tally = { refused: 0, succeeded: 0, inFlight: 0, lastRefusedAt: null }
    for (const order of this.#orders) {
      const age = now - order.at.getTime()
      if (age > DECLINES_WINDOW_MS || !counts(order)) continue
      const answeredAt = order.at.getTime() + order.answeredAfterMs
      if (answeredAt > now) tally.inFlight += age < IN_FLIGHT_MS ? 1 : 0
      else if (!order.isDeclined) tally.succeeded += 1
      else {
        tally.refused += 1
        tally.lastRefusedAt = new Date(Math.max(tally.lastRefusedAt?.getTime() ?? 0, answeredAt))
      }
    }
    return tally
  }
}
