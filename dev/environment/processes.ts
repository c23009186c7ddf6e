import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

export interface ProcessInfo {
  pid: number
  parent: number
  group: number
}

/** Every process of this machine that still runs: zombies, which only wait to be collected, are left out. */
export function runningProcesses(): ProcessInfo[] {
  return process.platform === 'linux' ? fromProc() : fromPs()
}

/** The processes that descend from `pid`, nearest first. */
export function descendantsOf(pid: number, all = runningProcesses()): ProcessInfo[] {
  const children = all.filter((one) => one.parent === pid)
  return [...children, ...children.flatMap((one) => descendantsOf(one.pid, all))]
}

/** The full command line of a process, or an empty text when it is gone. */
export function commandLineOf(pid: number): string {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
    return execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' }).trim()
  } catch {
    return ''
  }
}

function fromProc(): ProcessInfo[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    try {
      // The name in brackets may hold spaces and brackets itself, so reading starts after the last bracket.
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      const [state, parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return state === 'Z' || state === 'X' ? [] : [{ pid: Number(name), parent: Number(parent), group: Number(group) }]
    } catch {
      return []
    }
  })
}

function fromPs(): ProcessInfo[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,pgid=,stat='], { encoding: 'utf8' }).split('\n')
  return lines.flatMap((line) => {
    const [pid, parent, group, state] = line.trim().split(/\s+/)
    if (pid === undefined || pid === '' || state?.startsWith('Z') === true) return []
    return [{ pid: Number(pid), parent: Number(parent), group: Number(group) }]
  })
}
