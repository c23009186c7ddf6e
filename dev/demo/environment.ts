import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEnvironment } from '#dev/environment/environment.ts'

/** Where the demo plays: an environment of its own, because it moves the clock by ninety days and buys until cards are refused. */
export interface DemoEnvironment {
  weokto: string
  stam: string
  mailbox: string
  databaseAdminUrl: string
  /** Runs a schedule of the local runtime as if it were `time`. */
  fire(cron: string, time: Date): Promise<void>
  close(): Promise<void>
}

export async function openEnvironment(onStep?: (step: string) => void): Promise<DemoEnvironment> {
  const dataDir = mkdtempSync(join(tmpdir(), 'weokto-demo-'))
  const environment = await startEnvironment({ dataDir, ports: 'free', seed: true, fast: true, ...(onStep ? { onStep } : {}) })
  return {
    weokto: environment.weokto,
    stam: environment.stam,
    mailbox: environment.mailUrl,
    databaseAdminUrl: environment.adminUrl,
    fire: (cron, time) => environment.fire(cron, time),
    async close() {
      await environment.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
