import { existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PlainError } from '#dev/plain-error.ts'
import { startChild } from './child.ts'
import { takeLock } from './lock.ts'
import { ROOT } from './root.ts'
import type { Stack } from './stack.ts'

/** What the built pages are made from; generated texts are left out, since building rewrites them. */
const SOURCES = ['web', 'domain', 'api/http/asset-headers.ts', 'vite.config.ts', 'package-lock.json']
const GENERATED = /i18n\/paraglide$/
export const PAGES = join(ROOT, 'dist/web')

/** What is built is what is served to everybody, whoever builds it: a test runner's NODE_ENV would choose React's development build. */
const MODE = 'production'

/** Builds both sites into dist/web, unless they are newer than everything they are made from. */
export async function buildPages(logFile: string, stack: Stack): Promise<void> {
  if (areFresh(PAGES)) return
  const release = await takeLock(join(ROOT, '.data/pages.lock'))
  try {
    if (areFresh(PAGES)) return
    const started = new Date()
    await compileTexts(logFile, stack)
    await packPages(PAGES, started, logFile, stack)
  } finally {
    release()
  }
}

/** Whether the pages in `folder` are newer than everything they are made from, and of the mode that is served. */
export function areFresh(folder: string): boolean {
  const stamp = stampOf(folder)
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8').trim() !== MODE) return false
  return statSync(stamp).mtimeMs >= newest(SOURCES.map((name) => join(ROOT, name)))
}

const stampOf = (folder: string): string => join(folder, '.built')

/** Packs both sites into `folder` and stamps it. A file saved after `started` counts as newer than the build. */
export async function packPages(folder: string, started: Date, logFile: string, stack: Stack): Promise<void> {
  const args = ['build', '--mode', MODE, '--outDir', folder, '--emptyOutDir', '--logLevel', 'warn']
  await run('The pages', 'node_modules/vite/bin/vite.js', args, logFile, stack)
  const stamp = stampOf(folder)
  writeFileSync(stamp, `${MODE}\n`)
  utimesSync(stamp, started, started)
}

async function compileTexts(logFile: string, stack: Stack): Promise<void> {
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
}

async function run(name: string, script: string, args: string[], logFile: string, stack: Stack): Promise<void> {
  const child = startChild({
    name,
    command: process.execPath,
    args: [join(ROOT, script), ...args],
    cwd: ROOT,
    // Vite follows the variable before the mode that it is given.
    env: { ...process.env, NODE_ENV: MODE },
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
