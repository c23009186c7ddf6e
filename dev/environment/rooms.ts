import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { roomPath } from '#domain/community/chat-frames.ts'
import { startChild } from './child.ts'
import type { Part } from './part.ts'
import { untilReady } from './ready.ts'
import { ROOT } from './root.ts'
import type { Stack } from './stack.ts'

export interface RoomsOptions {
  port: number
  secret: string
  /** Where rooms ask the API about those in them. Their runtime resolves "localhost" and no name below it. */
  apiOrigin?: string
  /** How often they ask, when it is not every five minutes. */
  checkEveryMs?: number
  dataDir: string
  logDir: string
}

/** PartyKit with the channels' rooms, for the tests that hold them to run there too. SIGKILL would orphan its workerd, so it is asked to stop and its group is ended after. */
export async function startRooms(options: RoomsOptions, stack: Stack): Promise<Part> {
  const flags = [
    '--no-hotkeys',
    '--disable-request-cf-fetch',
    '--persist',
    join(options.dataDir, 'partykit'),
    '--config',
    configFile(options),
  ]
  const child = startChild({
    name: 'PartyKit',
    command: process.execPath,
    args: [join(ROOT, 'node_modules/partykit/dist/bin.mjs'), 'dev', '--port', String(options.port), ...flags],
    cwd: ROOT,
    env: { ...process.env, CI: '1' },
    logFile: join(options.logDir, 'partykit.log'),
    stopSignal: 'SIGTERM',
  })
  await stack.add(() => child.stop())
  const url = `http://127.0.0.1:${options.port}`
  // A room answers 405 to a GET as soon as its code is loaded.
  await untilReady(child, `${url}${roomPath('1')}`, (status) => status === 405)
  return { name: 'PartyKit', url, pid: child.pid, exited: child.exited }
}

/** The project's settings with the secret in them: on the command line everybody on this machine could read it. */
function configFile({ secret, dataDir, apiOrigin, checkEveryMs }: RoomsOptions): string {
  const file = join(dataDir, 'partykit.json')
  const settings: { main: string; parties: Record<string, string> } = JSON.parse(readFileSync(join(ROOT, 'partykit.json'), 'utf8'))
  const parties = Object.fromEntries(Object.entries(settings.parties).map(([name, path]) => [name, join(ROOT, path)]))
  const vars = {
    ROOM_SECRET: secret,
    API_ORIGIN: apiOrigin,
    ...(checkEveryMs === undefined ? {} : { RIGHTS_EVERY_MS: String(checkEveryMs) }),
  }
  writeFileSync(file, JSON.stringify({ ...settings, main: join(ROOT, settings.main), parties, vars }), { mode: 0o600 })
  return file
}
