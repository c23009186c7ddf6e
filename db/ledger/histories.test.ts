import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ledgerWorld, type LedgerWorld } from './testing.ts'
import { History, type Step } from './testing-model.ts'
import { expectBooksBalanced } from './verify.ts'

/** `LEDGER_HISTORIES=2000` runs more of them, `LEDGER_SEED` repeats a run. */
const histories = Number(process.env.LEDGER_HISTORIES ?? 40)
const seed = Number(process.env.LEDGER_SEED ?? Date.now() % 2 ** 31)

/** Asking every invariant after each history finds the shortest one that breaks it; in a long run it is asked at the end. */
const verifyEach = histories <= 200

let world: LedgerWorld
beforeAll(async () => {
  world = await ledgerWorld()
})
afterAll(() => world.close())

const amount = fc.integer({ min: 0, max: 3000 })
const which = fc.nat({ max: 20 })
const share = fc.integer({ min: 0, max: 10 })
/** Mostly heard of at once, at times weeks later. */
const late = fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 24 * 40 }) })
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('earn'),
      main: fc.integer({ min: 1, max: 3000 }),
      extended: amount,
      held: rarely(),
      paid: fc.integer({ min: 0, max: 9000 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('jump'), hours: fc.integer({ min: 1, max: 24 * 40 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('mature'), limit: fc.integer({ min: 1, max: 50 }), times: fc.integer({ min: 1, max: 4 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('adjust'),
      amount: fc.integer({ min: -4000, max: 3000 }).filter((cents) => cents !== 0),
      sentAgain: rarely(),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('refund', 'lose', 'refund and lose at once'), which, share, late }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('win', 'win', 'reject', 'dispute'), which, late }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('withdraw'), share: fc.integer({ min: 1, max: 10 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('release', 'block') }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('give back', 'approve', 'pay', 'send back') }) },
)

function rarely(): fc.Arbitrary<boolean> {
  return fc.nat({ max: 4 }).map((n) => n === 0)
}

it(
  `the books balance after ${histories} random histories`,
  async () => {
    console.error(`ledger histories: LEDGER_SEED=${seed} LEDGER_HISTORIES=${histories}`)
    const property = fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 50, size: 'max' }), async (steps) => {
      const history = new History(world, await world.affiliate())
      for (const each of steps) await history.take(each)
      expect(await world.balances(history.affiliateId)).toEqual(history.expected)
      await history.finish()
      expect(await world.balances(history.affiliateId)).toEqual({ ...history.expected, LOCKED: 0 })
      if (verifyEach) await expectBooksBalanced(world.admin)
    })
    await fc.assert(property, { seed, numRuns: histories })
    await expectBooksBalanced(world.admin)
  },
  Math.max(60_000, histories * 2_000),
)
