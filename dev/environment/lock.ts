import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isGone } from './child.ts'

/** Waits until no other process holds the lock, takes it, and returns how to give it back. A dead holder's lock is taken over. */
export async function takeLock(file: string): Promise<() => void> {
  mkdirSync(dirname(file), { recursive: true })
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' })
      return () => rmSync(file, { force: true })
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
    const holder = holderOf(file)
    if (holder !== null && isGone(holder)) rmSync(file, { force: true })
    else await sleep(100)
  }
}

/** Null while the holder has not written its number yet, or just gave the lock back. */
function holderOf(file: string): number | null {
  try {
    return Number.parseInt(readFileSync(file, 'utf8'), 10) || null
  } catch {
    return null
  }
}
