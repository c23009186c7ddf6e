import * as fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { expectBooksBalanced } from '#db/ledger/verify.ts'
import { expectAnswer } from './answer.ts'
import { askingOf, rightly, standing } from './asking.ts'
import { brokenBody, contentType, hostileText, oddHeaders, oddMethod } from './hostile.ts'
import { Marks } from './marks.ts'
import { changes, mutate, mutateTexts, textChanges } from './mutate.ts'
import { methodOf, ROUTES, type Row } from './routes.ts'
import { EVERYBODY, World, type Asking, type Signed } from './world.ts'

/** How many requests each route gets; more with FUZZ_RUNS. A failure is repeated with its FUZZ_SEED. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 16)
const SEED = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 31)

let w: World
let marks: Marks
beforeAll(async () => {
  w = await World.open()
  marks = await Marks.of(w.t)
})
beforeEach(async () => {
  await w.t.admin('delete from rate_limits')
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})
afterAll(async () => {
  await expectBooksBalanced(w.t.admin)
  await w.close()
})
console.log(`Any input gets an answer: FUZZ_SEED=${SEED} FUZZ_RUNS=${RUNS}`)

/** Null but for one in `often`: a request that is wrong everywhere is refused at the first thing. */
function rarely<Value>(often: number, arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> {
  return fc.oneof({ weight: often - 1, arbitrary: fc.constant(null) }, { weight: 1, arbitrary })
}

const trial = fc.record({
  who: fc.constantFrom(...EVERYBODY),
  path: rarely(3, textChanges),
  query: textChanges,
  body: fc.oneof({ weight: 4, arbitrary: fc.record({ changes }) }, { weight: 1, arbitrary: fc.record({ raw: brokenBody }) }),
  type: rarely(3, contentType),
  method: rarely(6, oddMethod),
  headers: fc.oneof({ weight: 4, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: oddHeaders }),
  host: rarely(16, fc.constantFrom('evil.example', 'weokto.localhost.evil.example', 'localhost', '127.0.0.1', 'stam.localhost.')),
  rawPath: rarely(16, hostileText),
})
type Trial = typeof trial extends fc.Arbitrary<infer Value> ? Value : never

describe.each(Object.entries(ROUTES).map(([route, row], nth) => ({ route, row, nth })))('$route', ({ route, row, nth }) => {
  test(
    'answers whatever it is told, and writes nothing when it refuses',
    async () => {
      await fc.assert(
        fc.asyncProperty(trial, (asked) => answers(route, row, asked)),
        { numRuns: RUNS, seed: SEED + nth, endOnFailure: true },
      )
    },
    30_000 + RUNS * 200,
  )
})

test('the inputs went everywhere: in, out, and past every kind of refusal', () => {
  console.log(
    `Answers: ${[...heard]
      .toSorted(([one], [other]) => one - other)
      .map(([status, times]) => `${status} × ${times}`)
      .join(', ')}`,
  )
  expect([...heard.keys()]).toEqual(expect.arrayContaining([200, 201, 302, 401, 403, 404, 413, 415, 421, 422]))
})

const heard = new Map<number, number>()

async function answers(route: string, row: Row, asked: Trial): Promise<void> {
  const signed = await standing(w, row, asked.who)
  const before = await marks.now()
  const response = await w.ask(asked.host === null ? signed : elsewhere(signed, asked.host), wrongly(route, row, asked, signed))
  heard.set(response.status, (heard.get(response.status) ?? 0) + 1)
  // The limits would hide what stands behind them.
  if (response.status === 429) await w.t.admin('delete from rate_limits')
  await expectAnswer(response, { hasBody: methodOf(route) !== 'HEAD' && asked.method !== 'HEAD', marks, before })
}

function wrongly(route: string, row: Row, asked: Trial, { sessionId }: Signed): Asking {
  const right = rightly(w, row, asked.who, sessionId)
  const told = {
    parameters: mutateTexts(right.parameters, asked.path ?? []),
    query: mutateTexts(right.query, asked.query),
    body: undefined,
  }
  const asking = askingOf(route, told)
  const method = asked.method ?? asking.method
  const path = asked.rawPath === null ? asking.path : `${asking.path}/${asked.rawPath}`
  const type = asked.type ?? 'application/json'
  const raw = 'raw' in asked.body ? asked.body.raw : JSON.stringify(mutate(right.body, asked.body.changes))
  const hasBody = method !== 'GET' && method !== 'HEAD' && raw !== undefined
  const headers = { ...asked.headers, ...(type === '' ? {} : { 'content-type': type }) }
  return { method, path, headers, ...(hasBody ? { body: raw } : {}) }
}

function elsewhere(signed: Signed, host: string): Signed {
  return { ...signed, origin: `http://${host}:${new URL(signed.origin).port}` }
}
