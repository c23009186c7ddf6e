import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { isGone } from './environment/child.ts'
import { request } from './http-client.ts'
import { asking } from './environment/database.ts'
import { freePorts, type Ports } from './environment/ports.ts'
import { reset } from './environment/reset.ts'
import { ROOT } from './environment/root.ts'
import { descendantsOf, type ProcessInfo } from './environment/processes.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'weokto-start-'))
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

interface Run {
  child: ChildProcess
  output: () => string
  /** The exit code. */
  ended: Promise<number | null>
}

function start(ports: Ports, more: Record<string, string> = {}, args: string[] = []): Run {
  const env = {
    ...process.env,
    DATA_DIR: dataDir,
    PORT: String(ports.sites),
    NEON_PORT: String(ports.neon),
    PCI_VAULT_PORT: String(ports.vault),
    PROCESSOR_PORT: String(ports.processor),
    MAILBOX_PORT: String(ports.mailbox),
    POSTGRES_PORT: String(ports.postgres),
    NODE_ENV: 'development',
    DATABASE_URL: '',
    ...more,
  }
  const child = spawn(process.execPath, [join(ROOT, 'dev/start.ts'), ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  return { child, output: () => output, ended: new Promise((resolve) => child.once('exit', resolve)) }
}

async function untilTable(run: Run): Promise<void> {
  await Promise.race([
    expect.poll(run.output, { timeout: 90_000, interval: 100 }).toContain('Ctrl-C stops everything.'),
    run.ended.then(() => Promise.reject(new Error(`It ended while starting:\n${run.output()}`))),
  ])
}

const allGone = (processes: ProcessInfo[]): Promise<void> =>
  expect.poll(() => processes.filter((one) => !isGone(one.pid)), { timeout: 5_000 }).toEqual([])

const readRun = () => JSON.parse(readFileSync(join(dataDir, 'run.json'), 'utf8'))

test('starts, says where everything is, keeps its data over a restart, and leaves no process behind', async () => {
  const ports = await freePorts()
  const first = start(ports)
  await untilTable(first)
  const run = readRun()
  expect(first.output()).toContain(`http://weokto.localhost:${ports.sites}`)
  expect(first.output()).toContain(run.mailbox)
  expect(run.parts.map((part: { name: string }) => part.name)).toEqual(
    expect.arrayContaining(['PostgreSQL', 'The API', 'Mailbox', 'PCI Vault (stand-in)', 'Processor (stand-in)', 'Cron ticker']),
  )
  const pages = await Promise.all(
    [run.weokto, run.stam, `${run.weokto}/api/me`, run.mailbox].map(async (url) => (await request(url)).status),
  )
  expect(pages).toEqual([200, 200, 200, 200])
  await asking(run.databaseAdminUrl, (client) => client.query('CREATE TABLE kept (word text)'))

  const second = start(await freePorts())
  expect(await second.ended).toBe(1)
  expect(second.output().trim()).toMatch(/^It already runs in .* \(process \d+\): use that one, or stop it first\.$/)

  const family = descendantsOf(first.child.pid ?? 0)
  expect(family.length).toBeGreaterThan(5)
  first.child.kill('SIGINT')
  expect(await first.ended).toBe(0)
  await allGone(family)
  expect(existsSync(join(dataDir, 'run.json'))).toBe(false)

  const empty = start(ports, {}, ['--empty'])
  expect(await empty.ended).toBe(1)
  expect(empty.output()).toContain('--empty finds people in the database: add --reset to begin without them.')

  const again = start(ports)
  await untilTable(again)
  await asking(readRun().databaseAdminUrl, (client) => client.query('SELECT word FROM kept'))
  const rest = descendantsOf(again.child.pid ?? 0)
  process.kill(readRun().parts.find((part: { name: string }) => part.name === 'The API').pid, 'SIGKILL')
  expect(await again.ended).toBe(1)
  expect(again.output()).toMatch(/The API was ended by SIGKILL on its own\. Everything else is stopped\./)
  await allGone(rest)
}, 180_000)

test('says in one sentence why it cannot start', async () => {
  const ports = await freePorts()
  const busy = createServer().listen(ports.mailbox, '127.0.0.1')
  const runs = [
    start(ports),
    start(await freePorts(), { DATABASE_URL: 'postgresql://postgres:x@127.0.0.1:9/nothing' }),
    start(await freePorts(), { PORT: 'many' }),
    start(await freePorts(), {}, ['--rest']),
  ]
  const codes = await Promise.all(runs.map((run) => run.ended))
  busy.close()
  expect(codes).toEqual([1, 1, 1, 1])
  const last = runs.map((run) => run.output().trim().split('\n').at(-1))
  expect(last[0]).toBe(`Port ${ports.mailbox}, needed by the mailbox, is busy: free it or set MAILBOX_PORT to another one.`)
  expect(last[1]).toMatch(/^The database nothing at 127\.0\.0\.1:9 does not answer/)
  expect(last[2]).toBe('PORT=many is not a port.')
  expect(last[3]).toBe('"--rest" is unknown: npm start takes --reset and --empty, nothing else.')
  expect(runs.map((run) => run.output()).join('')).not.toMatch(/\n\s+at /)
}, 60_000)

test('a reset forgets the data and keeps the browser', async () => {
  const folder = join(dataDir, 'other')
  for (const name of ['postgres', 'wrangler', 'chromium', 'demo']) mkdirSync(join(folder, name), { recursive: true })
  await reset(folder)
  expect(readdirSync(folder)).toEqual(['chromium', 'demo'])
})
