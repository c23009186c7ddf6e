import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startRooms } from '#dev/parts/rooms.ts'
import { Stack } from '#dev/parts/stack.ts'
import { freePort } from '#dev/ports.ts'

export interface TestRooms {
  /** The base that the API and browsers reach, such as `http://127.0.0.1:41234`. */
  origin: string
  secret: string
  close(): Promise<void>
}

/** Real PartyKit on a free port of its own. */
export async function startTestRooms(secret = `rooms-${crypto.randomUUID()}`): Promise<TestRooms> {
  const stack = new Stack()
  const folder = await mkdtemp(join(tmpdir(), 'rooms-'))
  await stack.add(() => rm(folder, { recursive: true, force: true }))
  try {
    const { url } = await startRooms({ port: await freePort(), secret, dataDir: folder, logDir: folder }, stack)
    return { origin: url, secret, close: () => stack.unwind() }
  } catch (error) {
    await stack.unwind()
    throw error
  }
}
