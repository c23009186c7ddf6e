import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { PlainError } from '#dev/plain-error.ts'
import { isGone, startChild } from './child.ts'
import { descendantsOf } from './processes.ts'

const folder = mkdtempSync(join(tmpdir(), 'weokto-child-'))
const logFile = join(folder, 'log')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const shell = (script: string) => startChild({ name: 'A shell', command: '/bin/sh', args: ['-c', script], logFile, stopSignal: 'SIGTERM' })

test('stops what the child itself started, even when it will not listen', async () => {
  const child = shell('trap "" TERM; sleep 100 & sleep 101 & wait; wait; wait')
  await expect.poll(() => descendantsOf(child.pid).length).toBe(2)
  const family = [child.pid, ...descendantsOf(child.pid).map((one) => one.pid)]
  await child.stop(200)
  expect(family.filter((pid) => !isGone(pid))).toEqual([])
}, 15_000)

test('tells how a child ended on its own, and stopping it then does nothing', async () => {
  const child = shell('exit 3')
  expect(await child.exited).toBe('ended with code 3')
  await child.stop()
  expect(child.hasExited()).toBe(true)
})

test('a program that is not there is one sentence', () => {
  expect(() => startChild({ name: 'Nothing', command: '/nowhere/at/all', args: [], logFile, stopSignal: 'SIGTERM' })).toThrow(PlainError)
})

test('children do not outlive a parent that is killed', async () => {
  const source = `import { startChild } from ${JSON.stringify(join(import.meta.dirname, 'child.ts'))}
    console.log(startChild({ name: 'x', command: '/bin/sh', args: ['-c', 'sleep 100 & wait'], logFile: ${JSON.stringify(logFile)}, stopSignal: 'SIGTERM' }).pid)
    setInterval(() => {}, 1000)`
  const parent = spawn(process.execPath, ['--input-type=module', '-e', source], { stdio: ['ignore', 'pipe', 'inherit'] })
  const pid = await new Promise<number>((resolve) => parent.stdout.once('data', (chunk: Buffer) => resolve(Number(chunk.toString()))))
  await expect.poll(() => descendantsOf(pid).length).toBe(1)
  const family = [pid, ...descendantsOf(pid).map((one) => one.pid)]
  parent.kill('SIGKILL')
  await expect.poll(() => family.filter((one) => !isGone(one)), { timeout: 8_000 }).toEqual([])
}, 15_000)
