import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { bundleApp } from '#dev/bench/bundle.ts'
import { startWorkerd, type BareWorkerd } from '#dev/bench/workerd.ts'
import { originsAt } from '#dev/environment/variables.ts'
import { ROOT } from '#dev/environment/root.ts'
import { Stack } from '#dev/environment/stack.ts'
import { temporaryFolder } from '#dev/environment/temporary-folder.ts'
import { Person, request } from '#dev/http-client.ts'

/** A time that nobody can mistake for now. */
const ELSEWHEN = new Date('2031-05-06T07:10:00Z')
const NAMES = ['now', 'clock', 'time', 'date', 'fake-time', 'test-now', 'scheduled-time', 'time-travel']
const SPELLINGS = [String(ELSEWHEN.getTime()), ELSEWHEN.toISOString(), ELSEWHEN.toUTCString()]

const stack = new Stack()
let t: TestDatabase
let workerd: BareWorkerd

/** The bundle that is uploaded, on workerd itself: nothing of a development server stands around it, and every switch that one might try is set. */
beforeAll(async () => {
  const folder = await temporaryFolder('clock', stack)
  t = await testDatabase()
  await stack.add(() => t.close())
  const switches = NAMES.flatMap((name) => [name, `DEV-${name}`].map((one) => [one.replaceAll('-', '_').toUpperCase(), SPELLINGS[0] ?? '']))
  workerd = await startWorkerd(folder, { ...t, environment: Object.fromEntries(switches) }, stack)
}, 120_000)
afterAll(() => stack.unwind())

let people = 0

/** What time it was for the Worker when somebody asked for a code: its end, which follows from the clock of that request. */
async function endOfCode(headers: Record<string, string>, query = ''): Promise<Date | undefined> {
  const email = `clock-${++people}@people.test`
  const person = new Person(originsAt(workerd.appPort).weokto)
  const address = { 'cf-connecting-ip': `203.0.113.${people}` }
  expect((await person.post(`/api/sign-in${query}`, { email }, { headers: { ...address, ...headers } })).status).toBe(202)
  const [row] = await t.admin<{ expiresAt: Date }>('SELECT "expiresAt" FROM magic_link_tokens WHERE email = $1', [email])
  return row?.expiresAt
}

const HOUR = 3_600_000
const isOfNow = (at: Date | undefined): boolean => at !== undefined && Math.abs(at.getTime() - Date.now()) < HOUR

describe('the deployed bundle keeps the system’s time', () => {
  test('whatever a header or a query says', async () => {
    for (const said of SPELLINGS) {
      const headers = Object.fromEntries(NAMES.flatMap((name) => [name, `x-${name}`].map((one) => [one, said])))
      const query = `?${new URLSearchParams(NAMES.map((name) => [name, said])).toString()}`
      expect([said, isOfNow(await endOfCode(headers)), isOfNow(await endOfCode({}, query))]).toEqual([said, true, true])
    }
  })

  test('and runs no schedule for whoever knows the local runtime’s handles', async () => {
    const asked = `?cron=${encodeURIComponent('*/5 * * * *')}&time=${ELSEWHEN.getTime()}&format=json`
    for (const path of ['/cdn-cgi/handler/scheduled', '/cdn-cgi/mf/scheduled', '/cdn-cgi/local/scheduled', '/__scheduled']) {
      for (const host of Object.values(originsAt(workerd.appPort)))
        expect([path, (await request(`${host}${path}${asked}`)).status]).toEqual([path, 404])
    }
    expect(await t.admin('SELECT 1 FROM heartbeats')).toEqual([])
  })
})

describe('the deployed bundle', () => {
  let code: string
  let sources: string[]
  beforeAll(async () => {
    const folder = await temporaryFolder('bundle', stack)
    const file = bundleApp(folder, { minified: false })
    code = readFileSync(file, 'utf8')
    sources = (JSON.parse(readFileSync(`${file}.map`, 'utf8')) as { sources: string[] }).sources.map((source) => join(folder, source))
  }, 60_000)

  test('is made of nothing that stands in dev/ or serves tests', () => {
    const ours = sources
      .filter((source) => source.startsWith(`${ROOT}/`) && !source.includes('/node_modules/'))
      .map((source) => source.slice(ROOT.length))
    expect(ours.length).toBeGreaterThan(100)
    expect(ours.filter((source) => /^\/dev\/|\.test\.|\/testing(?:-|\.)/.test(source))).toEqual([])
  })

  test('has one clock, which is the system’s', () => {
    expect(code.match(/\bclock: \(\) => .*/g)).toEqual(['clock: () => /* @__PURE__ */ new Date()'])
    expect(code).not.toMatch(/setSystemTime|useFakeTimers|cdn-cgi\/|\bDate\.now =/)
  })

  test('is told from outside what .dev.vars.example explains, and nothing else', () => {
    const explained = new Set(
      Array.from(readFileSync(join(ROOT, '.dev.vars.example'), 'utf8').matchAll(/^(?:# )?([A-Z][A-Z0-9_]+)=/gm), ([, name]) => name),
    )
    const bound = new Set(['ASSETS', 'CACHE', 'CLICKS', 'LIMIT', 'MAILS', 'VERSION', 'Channel'])
    const ours = sectionsOfOurs(code)
    const read = Array.from(ours.matchAll(/\b(?:env|settings|config)\d*(?:\.|\[")([A-Z][A-Z0-9_]{2,})/g), ([, name]) => name)
    expect(read.length).toBeGreaterThan(20)
    expect([...new Set(read)].filter((name) => !explained.has(name) && !bound.has(name ?? ''))).toEqual([])
  })
})

/** The bundle says before each file's text which file it is. */
function sectionsOfOurs(code: string): string {
  const sections = code.split(/^\/\/ (?=[\w.@-]+\/)/m)
  return sections.filter((section) => /^(?:api|db|domain|realtime)\//.test(section)).join('\n')
}
