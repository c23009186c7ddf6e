import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEdge, type EdgeOptions } from '#dev/environment/edge.ts'
import { NOWHERE } from '#dev/environment/variables.ts'
import { freePort } from '#dev/environment/free-ports.ts'
import { startRooms, type RoomsOptions } from '#dev/environment/rooms.ts'
import { Stack } from '#dev/environment/stack.ts'

/** What runs a room: PartyServer in the product's own Worker, as it is deployed, and PartyKit, beside it. */
export const ROOM_HOSTS = ['PartyServer', 'PartyKit'] as const
export type RoomsOn = (typeof ROOM_HOSTS)[number]

export interface TestRooms {
  /** The base that the API and browsers reach, such as `http://127.0.0.1:41234`. */
  origin: string
  secret: string
  /** Ends a channel's room, with every socket, so that it starts again: what it had not stored is forgotten. */
  restart(channelId: string): Promise<void>
  /** Puts a room to sleep with its sockets open, where the host can be told to. */
  sleep?(channelId: string): Promise<void>
  close(): Promise<void>
}

/** How a room learns who may stay: on PartyServer it asks this database, on PartyKit the API at this origin. */
type Options = Partial<Pick<RoomsOptions, 'apiOrigin' | 'checkEveryMs' | 'secret'> & Pick<EdgeOptions, 'databaseUrl' | 'httpEndpoint'>>

/** Real rooms on a free port of their own. */
export function startTestRooms(on: RoomsOn, options: Options = {}): Promise<TestRooms> {
  const secret = options.secret ?? `rooms-${crypto.randomUUID()}`
  return on === 'PartyServer' ? onPartyServer(secret, options) : onPartyKit(secret, options)
}

async function onPartyServer(secret: string, { databaseUrl, httpEndpoint, checkEveryMs }: Options): Promise<TestRooms> {
  const environment = { ROOM_SECRET: secret, ...(checkEveryMs === undefined ? {} : { RIGHTS_EVERY_MS: String(checkEveryMs) }) }
  const edge = await startEdge({
    databaseUrl: databaseUrl ?? 'postgresql://nobody:x@127.0.0.1:9/nothing',
    httpEndpoint: httpEndpoint ?? NOWHERE,
    environment,
  })
  return {
    origin: `http://127.0.0.1:${new URL(edge.stam).port}`,
    secret,
    restart: (channelId) => edge.evictRoom(channelId, 'close'),
    sleep: (channelId) => edge.evictRoom(channelId, 'hibernate'),
    close: () => edge.stop(),
  }
}

async function onPartyKit(secret: string, { apiOrigin, checkEveryMs }: Options): Promise<TestRooms> {
  const folder = await mkdtemp(join(tmpdir(), 'rooms-'))
  const port = await freePort()
  const settings = { ...(apiOrigin === undefined ? {} : { apiOrigin }), ...(checkEveryMs === undefined ? {} : { checkEveryMs }) }
  let stack = new Stack()
  const start = async (): Promise<string> => {
    stack = new Stack()
    try {
      return (await startRooms({ ...settings, port, secret, dataDir: folder, logDir: folder }, stack)).url
    } catch (error) {
      await stack.unwind()
      throw error
    }
  }
  const origin = await start()
  return {
    origin,
    secret,
    async restart() {
      await stack.unwind()
      await start()
    },
    async close() {
      await stack.unwind()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
