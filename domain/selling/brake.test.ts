import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DEFAULT_POLICY } from '#domain/base/policy.ts'
import { addMinutes } from '#domain/base/time.ts'
import { decideBrake, type Tallies, type Tally } from './brake.ts'
import { ordinaryTraffic, Tallied, type TestOrder } from './testing-traffic.ts'

const now = new Date('2026-03-02T14:00:00Z')
const none: Tally = { refused: 0, succeeded: 0, inFlight: 0, lastRefusedAt: null }
const quiet: Tallies = { card: none, checkout: none, network: none, button: none }
const ago = (minutes: number) => addMinutes(now, 0 - minutes)
const refused = (times: number, minutesAgo = 1): Tally => ({ ...none, refused: times, lastRefusedAt: ago(minutesAgo) })
const decide = (change: Partial<Tallies>, isProven = true, at = now) => decideBrake({ ...quiet, ...change }, isProven, DEFAULT_POLICY, at)

describe('what slows an order down', () => {
  test.each([
    ['card', 3],
    ['checkout', 3],
    ['network', 10],
  ] as const)('%s: the refusal number %d', (by, limit) => {
    expect(decide({ [by]: refused(limit - 1) }, false).kind).toBe('go')
    expect(decide({ [by]: refused(limit) }, false)).toEqual({ kind: 'code', until: addMinutes(ago(1), 15) })
    expect(decide({ [by]: refused(limit) }, true)).toEqual({ kind: 'wait', until: addMinutes(ago(1), 15) })
  })

  test('button: more than half of at least twenty answered charges', () => {
    const button = (bad: number, good: number): Tally => ({ ...refused(bad), succeeded: good })
    for (const [bad, good] of [
      [10, 10],
      [19, 0],
      [24, 176],
      [100, 100],
    ] as const)
      expect(decide({ button: button(bad, good) }).kind).toBe('go')
    for (const [bad, good] of [
      [11, 9],
      [20, 0],
      [101, 99],
    ] as const)
      expect(decide({ button: button(bad, good) }).kind).toBe('wait')
  })

  test('the wait is over a quarter of an hour after the last refusal, then one at a time goes', () => {
    const network = refused(10, 15)
    expect(decide({ network })).toMatchObject({ kind: 'go', room: { network: 10 } })
    expect(decide({ network: { ...network, inFlight: 1 } }).kind).toBe('crowded')
    expect(decide({ network }, false)).toEqual({ kind: 'code', until: null })
    expect(decide({ network: refused(10, 14.99) }).kind).toBe('wait')
  })

  test('what is under way counts as if it were refused, and is no reason for a code or a long wait', () => {
    expect(decide({ network: { ...refused(6), inFlight: 3 } })).toMatchObject({ kind: 'go', room: { network: 9 } })
    expect(decide({ network: { ...refused(6), inFlight: 4 } }, false).kind).toBe('crowded')
    // A launch: hundreds under way on one button, none answered yet.
    expect(decide({ button: { ...none, inFlight: 300 } }).kind).toBe('go')
  })

  test('the longest of several waits counts, and nobody waits for a network that nobody knows', () => {
    expect(decide({ card: refused(3, 10), network: refused(12, 2) })).toEqual({ kind: 'wait', until: addMinutes(ago(2), 15) })
    expect(decide({ network: null })).toMatchObject({ kind: 'go', room: { network: null } })
  })
})

test('a day of ordinary traffic brakes nobody', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), (seed) => {
      const tallied = new Tallied()
      for (const order of ordinaryTraffic({ hours: 24, salesPerHour: 200, declinedShare: 0.12, seed })) {
        const brake = decideBrake(tallied.at(order), false, DEFAULT_POLICY, order.at)
        expect(brake.kind).toBe('go')
        tallied.add(order)
      }
    }),
    { numRuns: 5 },
  )
})

test('of a flood from one network ten are tried in an hour, and one more each quarter of an hour', () => {
  const tallied = new Tallied()
  const tried: number[] = []
  for (let second = 0; second < 14_400; second += 1) {
    const order: TestOrder = {
      at: addMinutes(now, second / 60),
      card: `card-${second}`,
      checkout: `checkout-${second}`,
      network: 'flood',
      button: 'button',
      isDeclined: true,
      answeredAfterMs: 2_000,
    }
    // The button's own brake is left out, so that the network's is seen alone.
    if (decideBrake({ ...tallied.at(order), button: none }, true, DEFAULT_POLICY, order.at).kind !== 'go') continue
    tried.push(second)
    tallied.add(order)
  }
  const inHours = tried.map((from) => tried.filter((second) => second >= from && second < from + 3_600).length)
  expect(inHours[0]).toBeGreaterThanOrEqual(10)
  expect(Math.max(...inHours)).toBeLessThanOrEqual(10 + 4)
})
