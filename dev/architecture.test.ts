import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from './environment/root.ts'

/** Which folders a folder may import from. Tests and their helpers may also use the local cloud, which no product code may. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  domain: ['domain'],
  db: ['db', 'domain'],
  api: ['api', 'db', 'domain'],
  realtime: ['realtime', 'api', 'domain'],
  web: ['web', 'domain'],
  dev: ['dev', 'api', 'db', 'domain', 'realtime', 'web'],
}
const IMPORT = /(?:import|export)\s+(type\s+)?(?:[^'"]*?\sfrom\s+)?['"]([^'"]+)['"]/g

interface Arrow {
  file: string
  to: string
  isTypeOnly: boolean
}

function filesOf(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.includes('paraglide/'))
    .map((file) => `${folder}/${file}`)
}

function arrowsOf(file: string): Arrow[] {
  const text = readFileSync(join(ROOT, file), 'utf8')
  return Array.from(text.matchAll(IMPORT), ([, type, target = '']) => ({
    file,
    isTypeOnly: type !== undefined,
    to: folderOf(file, target),
  })).filter(({ to }) => to in MAY_IMPORT)
}

function folderOf(file: string, target: string): string {
  if (target.startsWith('#')) return target.slice(1).split('/')[0] ?? ''
  if (!target.startsWith('.')) return ''
  return new URL(target, `file:///${file}`).pathname.split('/')[1] ?? ''
}

const isTestCode = (file: string): boolean => /\.test\.tsx?$|(^|\/)testing[^/]*(\.ts$|\/)|^web\/e2e\//.test(file)

test('imports follow the arrows: domain ← db ← api ← realtime, web → domain and types of the API, nothing → dev', () => {
  const wrong = Object.keys(MAY_IMPORT)
    .flatMap(filesOf)
    .flatMap(arrowsOf)
    .filter(({ file, to, isTypeOnly }) => {
      const from = file.split('/')[0] ?? ''
      if (isTestCode(file) || MAY_IMPORT[from]?.includes(to)) return false
      return !(from === 'web' && to === 'api' && isTypeOnly)
    })
    .map(({ file, to }) => `${file} → ${to}`)
  expect(wrong).toEqual([])
})

test('the rules are pure: domain reads no clock, draws no lots and does no I/O', () => {
  const impure = /\bDate\.now\(|new Date\(\)|Math\.random\(|\bfetch\(|process\.|console\./
  const wrong = filesOf('domain').filter((file) => !isTestCode(file) && impure.test(readFileSync(join(ROOT, file), 'utf8')))
  expect(wrong).toEqual([])
})
