import * as fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { expectBooksBalanced } from '#db/ledger/verify.ts'
import { expectAnswer } from './answer.ts'
import { Marks } from './marks.ts'
import { changes, mutate, replacedOneByOne } from './mutate.ts'
import { captureMessage, chargeMessage, moneyBackMessage, processorMessage, type Proven } from './proven.ts'
import { World, type Signed } from './world.ts'

/** How many messages each webhook gets; more with FUZZ_RUNS. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 40)
const SEED = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 31)

let w: World
let marks: Marks
let machine: Signed
beforeAll(async () => {
  w = await World.open()
  marks = await Marks.of(w.t)
  machine = { ...(await w.as('visitor')), origin: w.originOf('STAM') }
})
beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => undefined))
afterAll(async () => {
  await expectBooksBalanced(w.t.admin)
  await w.close()
})
console.log(`A proven machine may still talk nonsense: FUZZ_SEED=${SEED} FUZZ_RUNS=${RUNS}`)

const MESSAGES = [
  ['capture', captureMessage],
  ['charge', chargeMessage],
  ['processor', processorMessage],
  ['money-back', moneyBackMessage],
] as const

const POISONS: [string, unknown][] = [
  ['a NUL', 'a\u0000b'],
  ['half a character', '\ud800'],
  ['too large a number', '9223372036854775809'],
  ['nothing', ''],
  ['far too much', 'x'.repeat(20_000)],
  ['1e308', 1e308],
  ['-1', -1],
  ['null', null],
]

describe.each(MESSAGES)('a proven %s message', (_, message) => {
  test(
    'gets an answer, whatever it says',
    async () => {
      const heard = new Set<number>()
      const wrongly = async (wrongs: Parameters<typeof mutate>[1]): Promise<void> => {
        const right = await message(w)
        heard.add(await deliver(right, mutate(right.body, wrongs)))
      }
      await fc.assert(fc.asyncProperty(changes, wrongly), { numRuns: RUNS, seed: SEED, endOnFailure: true })
      // Believed as it was, and refused when it made no sense.
      expect([...heard]).toEqual(expect.arrayContaining([200, 422]))
    },
    30_000 + RUNS * 200,
  )

  test.each(POISONS)('may hold %s in any of its fields', async (_name, poison) => {
    const fields = replacedOneByOne((await message(w)).body, poison).length
    for (let field = 0; field < fields; field += 1) {
      const right = await message(w)
      await deliver(right, replacedOneByOne(right.body, poison)[field])
    }
  })
})

async function deliver({ path, headers }: Proven, body: unknown): Promise<number> {
  const bodyText = JSON.stringify(body)
  const before = await marks.now()
  const asking = {
    method: 'POST',
    path,
    origin: null,
    headers: { 'content-type': 'application/json', ...headers(bodyText) },
    body: bodyText,
  }
  const response = await w.ask(machine, asking)
  await expectAnswer(response, { hasBody: true, marks, before })
  return response.status
}
