import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { PlainError } from '#dev/plain-error.ts'
import type { Environment } from './environment.ts'
import { commandLineOf } from './processes.ts'
import type { DemoPerson } from './demo-people.ts'

const fileOf = (dataDir: string): string => join(dataDir, 'run.json')

/** Writes where everything is while it runs, for scripts and for whoever looks in from outside. */
export function writeRunFile(dataDir: string, environment: Environment, people: DemoPerson[]): void {
  const run = {
    pid: process.pid,
    weokto: environment.weokto,
    stam: environment.stam,
    backOffice: `${environment.weokto}/admin`,
    mailbox: environment.mailUrl,
    databaseUrl: environment.databaseUrl,
    databaseAdminUrl: environment.adminUrl,
    databaseHttpEndpoint: environment.httpEndpoint,
    parts: environment.parts.map(({ name, url, pid }) => ({ name, url, pid })),
    people,
  }
  // It holds the database's passwords.
  writeFileSync(fileOf(dataDir), `${JSON.stringify(run, null, 2)}\n`, { mode: 0o600 })
}

/** Removes the file, unless another run has written its own meanwhile. */
export function removeRunFile(dataDir: string): void {
  if (runningPid(dataDir) === process.pid) rmSync(fileOf(dataDir), { force: true })
}

/** Fails when another start works in this folder. A file that a killed run left behind stops nobody. */
export function mustRunAlone(dataDir: string): void {
  const pid = runningPid(dataDir)
  if (pid === null || pid === process.pid || !commandLineOf(pid).includes('start.ts')) return
  throw new PlainError(`It already runs in ${dataDir} (process ${pid}): use that one, or stop it first.`)
}

function runningPid(dataDir: string): number | null {
  try {
    return z.object({ pid: z.int() }).parse(JSON.parse(readFileSync(fileOf(dataDir), 'utf8'))).pid
  } catch {
    return null
  }
}
