import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { signal } from '#dev/environment/child.ts'
import { commandLineOf, runningProcesses } from '#dev/environment/processes.ts'
import { PlainError } from '#dev/plain-error.ts'
import type { PostgresBinaries } from './binaries.ts'
import { giveTo, ownerOf, type Identity } from './unprivileged.ts'

const MAJOR = '18'

/**
 * Makes the data folder if there is none. It is built beside its place and renamed when complete, so that a folder
 * that was cut off half way is never taken for a database.
 */
export function ensureDataFolder(dataDir: string, binaries: PostgresBinaries, identity: Identity, password: string): void {
  mustBeOurs(dataDir)
  if (existsSync(`${dataDir}/PG_VERSION`)) return checkVersion(dataDir)
  const unfinished = `${dataDir}.unfinished`
  const passwordFile = `${dataDir}.password`
  for (const path of [unfinished, dataDir]) rmSync(path, { recursive: true, force: true })
  mkdirSync(dirname(dataDir), { recursive: true })
  mkdirSync(unfinished, { mode: 0o700 })
  writeFileSync(passwordFile, password, { mode: 0o600 })
  for (const path of [unfinished, passwordFile]) giveTo(identity, path)
  try {
    runInitdb(binaries.initdb, unfinished, passwordFile, identity)
  } finally {
    rmSync(passwordFile, { force: true })
  }
  renameSync(unfinished, dataDir)
}

/** An ordinary user cannot even look into another user's data folder, and must not take it for an empty one. */
function mustBeOurs(dataDir: string): void {
  const us = process.getuid?.()
  const owner = ownerOf(dataDir)
  if (us === undefined || us === 0 || owner === null || owner === us) return
  throw new PlainError(`The folder ${dataDir} belongs to another user: remove it, or start as that user.`)
}

function checkVersion(dataDir: string): void {
  const made = readFileSync(`${dataDir}/PG_VERSION`, 'utf8').trim()
  if (made === MAJOR) return
  throw new PlainError(`The data in ${dataDir} was made by PostgreSQL ${made} and this is ${MAJOR}: start anew with npm start -- --reset.`)
}

/** Without these flags a machine whose LANG is unset gets SQL_ASCII, which breaks citext and every French search. */
function runInitdb(initdb: string, dataDir: string, passwordFile: string, identity: Identity): void {
  const flags = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
  const access = ['--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--no-sync', '--no-instructions']
  const { command, args, uid, gid } = identity.wrap(initdb, ['-D', dataDir, ...flags, ...access, '-c', 'scram_iterations=4'])
  const who = uid === undefined || gid === undefined ? {} : { uid, gid }
  const made = spawnSync(command, args, { ...who, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } })
  if (made.status === 0) return
  const why = made.error?.message ?? /error: (.*)/.exec(made.stderr)?.[1] ?? `code ${made.status}`
  throw new PlainError(`PostgreSQL could not make its data folder ${dataDir}: ${why}`)
}

/**
 * Stops a server that an earlier run left behind in this folder (it was killed and could not clean up).
 * The number in postmaster.pid may meanwhile belong to a stranger, so the process must say itself that it is ours.
 */
export async function stopLeftover(dataDir: string): Promise<void> {
  const file = `${dataDir}/postmaster.pid`
  if (!existsSync(file)) return
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  const lives = (): boolean => runningProcesses().some((one) => one.pid === pid)
  const command = commandLineOf(pid)
  if (lives() && command.includes('postgres') && command.includes(dataDir)) {
    for (const [name, tries] of [
      ['SIGINT', 100],
      ['SIGQUIT', 100],
      ['SIGKILL', 40],
    ] as const) {
      signal(pid, name)
      for (let i = 0; i < tries && lives(); i++) await sleep(50)
      if (!lives()) break
    }
    if (lives()) throw new PlainError(`A PostgreSQL of an earlier run (process ${pid}) still holds ${dataDir} and cannot be stopped.`)
  }
  rmSync(file, { force: true })
}
