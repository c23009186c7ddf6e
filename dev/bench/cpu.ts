import { existsSync, readFileSync } from 'node:fs'

/** Processor time that a process has used so far, in hundredths of a second; null where the system does not tell. */
export function cpuTicks(pid: number): number | null {
  const file = `/proc/${pid}/stat`
  if (!existsSync(file)) return null
  // The second field is the program's name in brackets and may hold spaces.
  const fields = readFileSync(file, 'utf8').split(') ')[1]?.split(' ') ?? []
  return Number(fields[11]) + Number(fields[12])
}
