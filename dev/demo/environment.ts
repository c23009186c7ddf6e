import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod'
import { startEnvironment } from '#dev/environment/environment.ts'
import { ROOT } from '#dev/environment/root.ts'
import { fire } from '#dev/environment/ticker.ts'

/** Where the demo plays: a product that runs already, or one started for it. */
export interface DemoEnvironment {
  weokto: string
  stam: string
  mailbox: string
  databaseAdminUrl: string
  /** Runs a schedule of the local runtime as if it were `time`. */
  fire(cron: string, time: Date): Promise<void>
  close(): Promise<void>
}

const RunFile = z.object({
  weokto: z.url(),
  stam: z.url(),
  mailbox: z.url(),
  databaseAdminUrl: z.string(),
  parts: z.array(z.object({ name: z.string(), url: z.string() })),
})

export async function openEnvironment(options: { fresh: boolean; onStep?: (step: string) => void }): Promise<DemoEnvironment> {
  return (options.fresh ? null : running()) ?? startFresh(options.onStep)
}

function running(): DemoEnvironment | null {
  let text: string
  try {
    text = readFileSync(join(ROOT, '.data/run.json'), 'utf8')
  } catch {
    return null
  }
  const { parts, ...run } = RunFile.parse(JSON.parse(text))
  const api = parts.find(({ name }) => name === 'The API')
  if (!api) throw new Error('.data/run.json names no API.')
  return { ...run, fire: (cron, time) => fire(api.url, cron, time), close: async () => undefined }
}

async function startFresh(onStep?: (step: string) => void): Promise<DemoEnvironment> {
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
