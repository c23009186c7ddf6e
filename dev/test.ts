import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { CHECKS } from './check.ts'
import { ROOT } from './environment/root.ts'
import { run } from './steps.ts'

/** `npm test`: the checks, the build that the browser tests look at, and every test. Ends with one line of counts. */
const REPORT = join(ROOT, '.data/test-report.json')

interface Report {
  numPassedTests: number
  numFailedTests: number
  numFailedTestSuites: number
  testResults: { name: string; status: string; startTime: number; endTime: number; assertionResults: unknown[] }[]
}

/** Where a run that has grown too long is looked at first. */
const SLOWEST = 10

const steps = CHECKS
const failedSteps = await run(steps)
const code = await vitest(process.argv.slice(2))
const report = readReport()
// A file that cannot even be loaded has no test to count, so it counts itself.
const unloaded = report
  ? report.testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0).length
  : 1
const passed = steps.length - failedSteps + (report?.numPassedTests ?? 0)
const failed = Math.max(failedSteps + unloaded + (report?.numFailedTests ?? 0), code === 0 ? 0 : 1)
if (report) process.stdout.write(slowestOf(report))
process.stdout.write(`${passed} passed, ${failed} failed\n`)
process.exitCode = failed === 0 ? 0 : 1

function vitest(args: string[]): Promise<number> {
  mkdirSync(join(ROOT, '.data'), { recursive: true })
  rmSync(REPORT, { force: true })
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${REPORT}`]
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', ...reporters, ...args], {
      cwd: ROOT,
      stdio: 'inherit',
    })
    child.on('error', () => resolve(1))
    child.on('close', (exit) => resolve(exit ?? 1))
  })
}

function slowestOf({ testResults }: Report): string {
  const files = testResults.map(({ name, startTime, endTime }) => ({ name, seconds: (endTime - startTime) / 1000 }))
  const slowest = files.toSorted((a, b) => b.seconds - a.seconds).slice(0, SLOWEST)
  const lines = slowest.map(({ name, seconds }) => `${seconds.toFixed(1).padStart(7)} s  ${relative(ROOT, name)}\n`)
  return `\nThe ${slowest.length} slowest files\n${lines.join('')}\n`
}

function readReport(): Report | null {
  return existsSync(REPORT) ? (JSON.parse(readFileSync(REPORT, 'utf8')) as Report) : null
}
