import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PlainError } from '#dev/plain-error.ts'
import { startChild } from './child.ts'
import { takeLock } from './lock.ts'
import { ROOT } from './root.ts'
import type { Stack } from './stack.ts'

/** What the built pages are made from; generated texts are left out, since building rewrites them. */
const SOURCES = [
  'web',
  'domain',
  'api/http/asset-headers.ts',
  'api/page-file.ts',
  'dev/pages',
  'vite.config.ts',
  'package.json',
  'package-lock.json',
]
const GENERATED = /i18n\/paraglide$/
export const PAGES = join(ROOT, 'dist/web')

/** What is built is what is served to everybody, whoever builds it: a test runner's NODE_ENV would choose React's development build. */
const MODE = 'production'

/** Builds both sites into dist/web, unless they are made from what lies here now. */
export async function buildPages(logFile: string, stack: Stack): Promise<void> {
  if (areFresh(PAGES)) return
  const release = await takeLock(join(ROOT, '.data/pages.lock'))
  try {
    if (areFresh(PAGES)) return
    await compileTexts(logFile, stack)
    await packPages(PAGES, logFile, stack)
  } finally {
    release()
  }
}

/** Whether the pages in `folder` are made from what lies here now, and of the mode that is served. */
export function areFresh(folder: string): boolean {
  const stamp = stampOf(folder)
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === stampNow()
}

const stampNow = (): string => `${MODE}\n${fingerprintOf(SOURCES.map((name) => join(ROOT, name)))}\n`

/** Every file by its name, size and time: one that was taken away or put back makes another fingerprint, too. */
export function fingerprintOf(paths: readonly string[]): string {
  const hash = createHash('sha256')
  for (const path of paths) describe(path, (line) => void hash.update(line))
  return hash.digest('hex')
}

const stampOf = (folder: string): string => join(folder, '.built')

/** Packs both sites into `folder` and stamps it with what it began from: a file that is saved meanwhile is not in it. */
export async function packPages(folder: string, logFile: string, stack: Stack): Promise<void> {
  const stamp = stampNow()
  const args = ['build', '--mode', MODE, '--outDir', folder, '--emptyOutDir', '--logLevel', 'warn']
  await run('The pages', 'node_modules/vite/bin/vite.js', args, logFile, stack)
  writeFileSync(stampOf(folder), stamp)
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

function describe(path: string, say: (line: string) => void): void {
  if (GENERATED.test(path) || !existsSync(path)) return
  const entry = statSync(path)
  if (!entry.isDirectory()) return say(`${path} ${entry.size} ${entry.mtimeMs}\n`)
  for (const name of readdirSync(path).toSorted()) describe(join(path, name), say)
}
