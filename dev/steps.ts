import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { ROOT } from './environment/root.ts'

export interface Step {
  name: string
  command: string
  args: readonly string[]
  /** What it says is shown only when it fails. */
  isSilent?: boolean
  /** Everything that it is told; our own environment when absent. */
  env?: NodeJS.ProcessEnv
}

/** Runs one after the other, the rest too when one fails, and says how each ended. Returns how many failed. */
export async function run(steps: readonly Step[]): Promise<number> {
  let failed = 0
  for (const step of steps) {
    const began = Date.now()
    const { code, output } = await start(step)
    const seconds = ((Date.now() - began) / 1000).toFixed(1)
    if (code !== 0) failed += 1
    if (code !== 0 || !step.isSilent) process.stdout.write(output)
    process.stdout.write(`${code === 0 ? '✓' : '✗'} ${step.name} (${seconds} s)\n`)
  }
  return failed
}

interface Ended {
  code: number
  stdout: string
  /** Both outputs, as they came. */
  output: string
}

const textOf = (parts: Buffer[]): string => Buffer.concat(parts).toString()

/** With this project's own tools first on the path, whichever way it was started. */
export function start({ command, args, env = process.env }: Step): Promise<Ended> {
  return new Promise((resolve) => {
    const own = { ...env, PATH: `${join(ROOT, 'node_modules/.bin')}${delimiter}${process.env['PATH'] ?? ''}`, NO_COLOR: '1' }
    const child = spawn(command, args, { cwd: ROOT, env: own, stdio: ['ignore', 'pipe', 'pipe'] })
    const [said, all]: [Buffer[], Buffer[]] = [[], []]
    child.stdout.on('data', (part: Buffer) => said.push(part) && all.push(part))
    child.stderr.on('data', (part: Buffer) => all.push(part))
    child.on('error', (error) => resolve({ code: 1, stdout: '', output: `${command}: ${error.message}\n` }))
    child.on('close', (code) => resolve({ code: code ?? 1, stdout: textOf(said), output: textOf(all) }))
  })
}
