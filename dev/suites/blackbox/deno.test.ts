import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startDeno } from '#dev/environment/deno.ts'
import { blackBox } from './suite.ts'

blackBox({
  name: 'Deno',
  async start(options) {
    const folder = mkdtempSync(join(tmpdir(), 'deno-fixtures-'))
    const edge = await startDeno({ ...options, folder })
    const stop = async (): Promise<void> => {
      await edge.stop()
      rmSync(folder, { recursive: true, force: true })
    }
    return { ...edge, stop, hearsTime: false, run: (cron) => edge.fire(cron) }
  },
})
