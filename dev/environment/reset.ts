import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { stopLeftover } from './postgres/data-folder.ts'

/** What a start makes, or made when rooms were a program of their own; the unpacked browser and other people's files stay. */
const MADE = [
  'postgres',
  'postgres.unfinished',
  'postgres.password',
  'wrangler',
  'wrangler-registry',
  'partykit',
  'partykit.json',
  'logs',
  'secrets.json',
  'worker.env',
  'run.json',
]

/** Forgets all data of earlier starts. */
export async function reset(dataDir: string): Promise<void> {
  await stopLeftover(join(dataDir, 'postgres'))
  for (const name of MADE) rmSync(join(dataDir, name), { recursive: true, force: true })
}
