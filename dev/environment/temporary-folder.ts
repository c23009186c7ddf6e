import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Stack } from './stack.ts'

/** A folder of one run's own, which goes away with what was started in it. */
export async function temporaryFolder(purpose: string, stack: Stack): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), `weokto-${purpose}-`))
  await stack.add(async () => rmSync(folder, { recursive: true, force: true }))
  return folder
}
