import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startEnvironment, type Environment } from './environment/environment.ts'
import { Person, request } from './http-client.ts'
import { ROOT } from './environment/root.ts'
import { commandLineOf, descendantsOf } from './environment/processes.ts'
import { unaskedAddress } from './testing/addresses.ts'
import { buy } from './testing/buy.ts'

const CARD = '4242424242424242'
const SPACED = '4242 4242 4242 4242'
/** A number of nobody's that no test table holds, so that nothing else can have written it. */
const RARE = '5188340711642952'

const dataDir = mkdtempSync(join(tmpdir(), 'weokto-leaks-'))
/** Where wrangler kept what every request of an earlier start said. */
const OLD_STORE = join(dataDir, 'wrangler/v3/observability')

let environment: Environment
beforeAll(async () => {
  mkdirSync(OLD_STORE, { recursive: true })
  writeFileSync(join(OLD_STORE, 'old.sqlite'), `GET /api/pay/${RARE}`)
  environment = await startEnvironment({ dataDir, seed: true, fast: true })
}, 180_000)
afterAll(async () => {
  await environment.stop()
  rmSync(dataDir, { recursive: true, force: true })
}, 60_000)

test('no secret stands in the list of processes', () => {
  const secrets = Object.entries(environment.environment).filter(([name]) => /SECRET|PASS|KEY$|DATABASE_URL/.test(name))
  const lines = descendantsOf(process.pid).map(({ pid }) => commandLineOf(pid))
  expect(lines.length).toBeGreaterThan(5)
  expect(secrets.length).toBeGreaterThan(8)
  expect(secrets.filter(([, secret]) => lines.some((line) => line.includes(secret))).map(([name]) => name)).toEqual([])
  expect(openEnvironments()).toEqual([])
})

/**
 * Everybody on a machine may read a command line (`ps`, /proc/<pid>/cmdline). A process's environment is its owner's alone, so that what is told
 * through it reaches nobody who could not read our files; Linux says so as a file's mode. The stand-ins run within our own process.
 */
function openEnvironments(): number[] {
  if (process.platform !== 'linux') return []
  const modeOf = (pid: number) => statSync(`/proc/${pid}/environ`, { throwIfNoEntry: false })?.mode ?? 0
  return descendantsOf(process.pid).flatMap(({ pid }) => ((modeOf(pid) & 0o077) === 0 ? [] : [pid]))
}

test('what is refused and what only the vault may read is kept in no file', async () => {
  expect(await refusals()).toEqual(Array.from({ length: 9 }, () => 422))
  const email = await unaskedAddress('nobody', environment.environment['CODE_SECRET'] ?? '')
  const bought = await buy(new Person(environment.stam), { buttonKey: 'dos-en-forme-a-vie', email, ck: 'nonsense' })
  expect(bought.step).toBe('PAID')
  await environment.stop()
  // What the Worker itself says is still written down.
  expect(readFileSync(join(dataDir, 'logs/api.log'), 'utf8')).toContain('click_token_ignored')
  const passphrase = environment.environment['PCI_VAULT_KEY_PASSPHRASE'] ?? 'none'
  const files = [...filesBelow(dataDir), ...filesBelow(join(ROOT, '.wrangler'))]
  expect(files.length).toBeGreaterThan(100)
  const keepers = files.filter((file) => holds(file, [passphrase]))
  expect(files.filter((file) => holds(file, [RARE, CARD, SPACED]))).toEqual([])
  // Two files are there to hold it, for their owner's eyes only.
  expect(keepers.toSorted()).toEqual([join(dataDir, 'secrets.json'), join(dataDir, 'worker.env')])
  expect(keepers.map((file) => statSync(file).mode & 0o077)).toEqual([0, 0])
}, 120_000)

/** A number in each place where a request has room for it. */
async function refusals(): Promise<number[]> {
  const json = { 'content-type': 'application/json', origin: environment.stam }
  const asked = [
    request(`${environment.stam}/api/pay/${RARE}`),
    request(`${environment.stam}/api/showcase?q=${RARE}`),
    request(`${environment.stam}/r/${RARE}`),
    request(`${environment.stam}/r/demo?sub=${RARE}`),
    request(`${environment.stam}/assets/${RARE}.js`),
    request(`${environment.stam}/assets/x.js?q=${RARE}`),
    request(`${environment.weokto}/l/${RARE}`, { headers: { accept: 'text/html' } }),
    request(`${environment.weokto}/api/me`, { headers: { referer: `https://example.com/${RARE}` } }),
    request(`${environment.weokto}/api/sign-in`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ email: 'a@people.test', note: RARE }),
    }),
  ]
  return (await Promise.all(asked)).map(({ status }) => status)
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true)
}

function holds(file: string, words: readonly string[]): boolean {
  const bytes = readFileSync(file)
  return words.some((word) => bytes.includes(word) || bytes.includes(Buffer.from(word, 'utf16le')))
}
