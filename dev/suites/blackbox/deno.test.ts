import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startDeno } from '#dev/environment/deno.ts'
import { startTestRooms } from '#dev/testing/rooms.ts'
import { blackBox } from './suite.ts'

blackBox({
  name: 'Deno',
  async start(options) {
    const folder = mkdtempSync(join(tmpdir(), 'deno-fixtures-'))
    // Its rooms stand elsewhere, and it speaks to them over HTTP.
    const rooms = await startTestRooms('PartyKit')
    const environment = { ...options.environment, REALTIME_ORIGIN: rooms.origin, ROOM_SECRET: rooms.secret }
    const edge = await startDeno({ ...options, environment, folder })
    const stop = async (): Promise<void> => {
      await Promise.all([edge.stop(), rooms.close()])
      rmSync(folder, { recursive: true, force: true })
    }
    return { ...edge, stop, hearsTime: false, run: (cron) => edge.fire(cron) }
  },
})
