import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startChild } from '#dev/child.ts'
import { freePort } from '#dev/ports.ts'

const ROOT = join(import.meta.dirname, '../..')
const START_WITHIN_MS = 20_000

export interface TestRooms {
  /** The base that the API and browsers reach, such as `http://127.0.0.1:41234`. */
  origin: string
  secret: string
  close(): Promise<void>
}

/**
 * Real PartyKit on a free port of its own. It is stopped with SIGTERM: SIGKILL would orphan its workerd, which `startChild`
 * ends with the whole process group.
 */
export async function startTestRooms(secret = `rooms-${crypto.randomUUID()}`): Promise<TestRooms> {
  const port = await freePort()
  const folder = await mkdtemp(join(tmpdir(), 'rooms-'))
  const logFile = join(folder, 'log')
  const child = startChild({
    name: 'PartyKit',
    command: process.execPath,
    args: [join(ROOT, 'node_modules/partykit/dist/bin.mjs'), 'dev', '--no-hotkeys', '--disable-request-cf-fetch', '--port', String(port), '--persist', join(folder, 'state'), '--var', `ROOM_SECRET=${secret}`],
    cwd: ROOT,
    env: { ...process.env, CI: '1' },
    logFile,
    stopSignal: 'SIGTERM',
  })
  const origin = `http://127.0.0.1:${port}`
  const close = async (): Promise<void> => {
    await child.stop()
    await rm(folder, { recursive: true, force: true })
  }
  const deadline = Date.now() + START_WITHIN_MS
  while (!(await answers(origin))) {
    if (child.hasExited() || Date.now() > deadline) {
      const log = await readFile(logFile, 'utf8')
      await close()
      throw new Error(`PartyKit did not start:\n${log}`)
    }
    await sleep(50)
  }
  return { origin, secret, close }
}

/** A room answers 405 to a GET as soon as its code is loaded. */
async function answers(origin: string): Promise<boolean> {
  try {
    return (await fetch(`${origin}/parties/main/1`)).status === 405
  } catch {
    return false
  }
}
