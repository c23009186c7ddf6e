import { spawnSync } from 'node:child_process'
import { chownSync, lstatSync, readdirSync, statSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { PlainError } from '#dev/plain-error.ts'

/**
 * How to run a program as somebody who is not root. PostgreSQL refuses root, so root borrows another identity; an
 * ordinary user needs nothing.
 */
export interface Identity {
  /** Who owns the data folder on disk while this identity is used; null: whoever we are. */
  ownerUid: number | null
  wrap(command: string, args: string[]): { command: string; args: string[]; uid?: number; gid?: number }
}

/** Every system has this user; initdb insists on one that has a name. */
const NOBODY = 65534

const ourselves: Identity = { ownerUid: null, wrap: (command, args) => ({ command, args }) }

/** In a user namespace we are seen as nobody and keep our own files: nothing is copied, nothing changes hands. */
const namespaced: Identity = {
  ownerUid: process.getuid?.() ?? null,
  wrap: (command, args) => ({ command: 'unshare', args: ['-U', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--', command, ...args] }),
}

/** Another user that may still pass through folders closed to others (a home folder, a temporary folder of 0700). */
function passingThrough(uid: number): Identity {
  const caps = '+dac_override'
  const flags = [`--reuid=${uid}`, `--regid=${uid}`, '--clear-groups', `--inh-caps=${caps}`, `--ambient-caps=${caps}`, '--']
  return { ownerUid: uid, wrap: (command, args) => ({ command: 'setpriv', args: [...flags, command, ...args] }) }
}

/** Another user and nothing else: works where all folders on the way are open to others. */
function plain(uid: number): Identity {
  return { ownerUid: uid, wrap: (command, args) => ({ command, args, uid, gid: uid }) }
}

/**
 * Finds an identity that can run `probe` (the postgres binary) here: containers forbid now one way, now another.
 * A data folder that already belongs to an ordinary user stays that user's.
 */
export function findIdentity(probe: string, dataOwner: number | null): Identity {
  const usable = candidates(dataOwner).find((one) => runs(one, probe))
  if (usable !== undefined) return usable
  throw new PlainError(
    'PostgreSQL does not run as root, and this system lets root neither use a user namespace nor become another user: start this as an ordinary user, or set DATABASE_URL.',
  )
}

function candidates(dataOwner: number | null): Identity[] {
  if (process.getuid?.() !== 0) return hasName() ? [ourselves] : [namespaced, ourselves]
  if (dataOwner !== null && dataOwner !== 0) return [passingThrough(dataOwner), plain(dataOwner)]
  return [namespaced, passingThrough(NOBODY), plain(NOBODY)]
}

/** Containers like to run as a bare number that /etc/passwd does not know. */
function hasName(): boolean {
  try {
    return userInfo().username !== ''
  } catch {
    return false
  }
}

function runs(identity: Identity, probe: string): boolean {
  const { command, args, uid, gid } = identity.wrap(probe, ['--version'])
  const who = uid === undefined || gid === undefined ? {} : { uid, gid }
  return spawnSync(command, args, { ...who, stdio: 'ignore' }).status === 0
}

/** Who owns a folder, or null when it is not there. */
export function ownerOf(folder: string): number | null {
  return statSync(folder, { throwIfNoEntry: false })?.uid ?? null
}

/** Gives a folder and all that is in it to the identity's owner; only root ever needs to. */
export function giveTo(identity: Identity, path: string): void {
  const uid = identity.ownerUid
  if (uid === null || ownerOf(path) === uid) return
  chownAll(path, uid)
}

function chownAll(path: string, uid: number): void {
  const entry = lstatSync(path)
  if (entry.isDirectory()) for (const name of readdirSync(path)) chownAll(join(path, name), uid)
  if (!entry.isSymbolicLink()) chownSync(path, uid, uid)
}
