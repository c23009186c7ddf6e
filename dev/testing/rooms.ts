import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '#dev/environment/free-ports.ts'
import { startRooms, type RoomsOptions } from '#dev/environment/rooms.ts'
import { Stack } from '#dev/environment/stack.ts'

export interface TestRooms {
  /** The base that the API and browsers reach, such as `http://127.0.0.1:41234`. */
  origin: string
  secret: string
  /** Ends all rooms, with every socket, and starts them again at the same place: what they had not stored is forgotten. */
  restart(): Promise<void>
  close(): Promise<void>
}

/** Real PartyKit on a free port of its own. */
export async function startTestRooms(options: Pick<RoomsOptions, 'apiOrigin' | 'checkEveryMs'> = {}): Promise<TestRooms> {
  const folder = await mkdtemp(join(tmpdir(), 'rooms-'))
  const secret = `rooms-${crypto.randomUUID()}`
  const port = await freePort()
  let stack = new Stack()
  const start = async (): Promise<string> => {
    stack = new Stack()
    try {
      return (await startRooms({ ...options, port, secret, dataDir: folder, logDir: folder }, stack)).url
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
