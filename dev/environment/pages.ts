import { existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PlainError } from '#dev/plain-error.ts'
import { startChild } from './child.ts'
import { takeLock } from './lock.ts'
import { ROOT } from './root.ts'
import type { Stack } from './stack.ts'

/** What the built pages are made from; generated texts are left out, since building rewrites them. */
const SOURCES = ['web', 'domain', 'vite.config.ts', 'package-lock.json']
const GENERATED = /i18n\/paraglide$/
const STAMP = join(ROOT, 'dist/web/.built')

/** Builds both sites into dist/web, unless they are newer than everything they are made from. */
export async function buildPages(logFile: string, stack: Stack): Promise<void> {
  if (areFresh()) return
  const release = await takeLock(join(ROOT, '.data/pages.lock'))
  try {
    if (!areFresh()) await build(logFile, stack)
  } finally {
    release()
  }
}

const areFresh = (): boolean => existsSync(STAMP) && statSync(STAMP).mtimeMs >= newest(SOURCES.map((name) => join(ROOT, name)))

async function build(logFile: string, stack: Stack): Promise<void> {
  const started = new Date()
  const texts = [
    'compile',
    '--project',
    'web/i18n/project.inlang',
    '--outdir',
    'web/i18n/paraglide',
    '--strategy',
    'globalVariable',
    'baseLocale',
    '--silent',
  ]
  await run('The texts', 'node_modules/@inlang/paraglide-js/bin/run.js', texts, logFile, stack)
  await run('The pages', 'node_modules/vite/bin/vite.js', ['build', '--logLevel', 'warn'], logFile, stack)
  writeFileSync(STAMP, '')
  // A file saved while the build ran must count as newer than the build.
  utimesSync(STAMP, started, started)
}

async function run(name: string, script: string, args: string[], logFile: string, stack: Stack): Promise<void> {
  const child = startChild({
    name,
    command: process.execPath,
    args: [join(ROOT, script), ...args],
    cwd: ROOT,
    logFile,
    stopSignal: 'SIGTERM',
  })
  await stack.add(() => child.stop())
  const how = await child.exited
  if (how === 'ended with code 0') return
  const words =
    readFileSync(logFile, 'utf8')
      .split('\n')
      .findLast((line) => /error/i.test(line)) ?? ''
  throw new PlainError(`${name} could not be built${words === '' ? '' : `: ${words.trim()}`} (log: ${logFile})`)
}

function newest(paths: string[]): number {
  return Math.max(
    0,
    ...paths.map((path) => {
      if (GENERATED.test(path) || !existsSync(path)) return 0
      const entry = statSync(path)
      return entry.isDirectory() ? newest(readdirSync(path).map((name) => join(path, name))) : entry.mtimeMs
    }),
  )
}
