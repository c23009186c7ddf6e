import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { Socket } from 'node:net'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { PlainError } from '#dev/plain-error.ts'
import { runningProcesses } from './processes.ts'

export interface ChildOptions {
  /** How the part is called in sentences, for example "PostgreSQL". */
  name: string
  command: string
  args: string[]
  cwd?: string
  env?: NodeJS.ProcessEnv
  /** Where both outputs go. A file, not a pipe, so that the child never blocks on a parent that is busy or gone. */
  logFile: string
  /** The signal that asks for an orderly end. */
  stopSignal: 'SIGTERM' | 'SIGINT'
  uid?: number
  gid?: number
}

export interface Child {
  name: string
  pid: number
  logFile: string
  /** Settles when the process is gone, whoever ended it. */
  exited: Promise<string>
  hasExited(): boolean
  /** Asks it to stop, then ends its whole group; returns when nothing of it is left. */
  stop(patienceMs?: number): Promise<void>
}

/**
 * Starts a program as the leader of its own process group: a Ctrl-C in the terminal reaches only us and we stop the
 * parts in order, and whatever the program itself starts can be ended with it.
 */
export function startChild(options: ChildOptions): Child {
  mkdirSync(dirname(options.logFile), { recursive: true })
  const log = openSync(options.logFile, 'a')
  const child = spawn(options.command, options.args, {
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.uid === undefined ? {} : { uid: options.uid }),
    ...(options.gid === undefined ? {} : { gid: options.gid }),
    env: options.env ?? process.env,
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(`could not be started (${error.message})`))
    child.once('exit', (code, signal) => resolve(signal === null ? `ended with code ${code}` : `was ended by ${signal}`))
  })
  const pid = child.pid
  if (pid === undefined) throw new PlainError(`${options.name} could not be started: ${options.command} is missing or may not be run.`)
  let gone = false
  const guard = guardAgainstOurDeath(pid, options.stopSignal)
  child.once('exit', () => {
    gone = true
    guard.dismiss()
  })
  const stop = async (patienceMs = 10_000): Promise<void> => {
    if (!gone) {
      signal(pid, options.stopSignal)
      await Promise.race([exited, sleep(patienceMs, undefined, { ref: false })])
    }
    await endGroup(pid)
    await exited
  }
  return { name: options.name, pid, logFile: options.logFile, exited, hasExited: () => gone, stop }
}

/**
 * A shell that waits for our end of a pipe to close. It closes however we die, SIGKILL included, and the shell then
 * stops the child: so no part outlives the program that started it.
 */
function guardAgainstOurDeath(pid: number, stopSignal: string): { dismiss(): void } {
  const script = `read -r _; kill -s "$2" "$1" 2>/dev/null
    for _ in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$1" 2>/dev/null || break; sleep 0.5; done
    kill -s KILL -- "-$1" 2>/dev/null`
  const guard = spawn('/bin/sh', ['-c', script, 'guard', String(pid), stopSignal.slice(3)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  guard.once('error', () => undefined)
  guard.stdin.once('error', () => undefined)
  guard.unref()
  if (guard.stdin instanceof Socket) guard.stdin.unref()
  return { dismiss: () => void guard.kill('SIGKILL') }
}

/** Ends what is left of a process group: politely, then for certain. */
async function endGroup(group: number): Promise<void> {
  const lives = (): boolean => signal(-group, 0) && runningProcesses().some((one) => one.group === group)
  for (const name of ['SIGTERM', 'SIGKILL'] as const) {
    if (!lives()) return
    signal(-group, name)
    for (let tries = 0; tries < 80 && lives(); tries++) await sleep(25)
  }
}

/** Sends a signal and tells whether there was anybody to receive it. */
export function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, name)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** True when the process runs no more; one that only waits to be collected by its parent is gone. */
export function isGone(pid: number): boolean {
  return !runningProcesses().some((one) => one.pid === pid)
}
