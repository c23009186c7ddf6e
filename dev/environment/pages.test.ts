import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { areFresh, fingerprintOf, packPages, PAGES } from './pages.ts'
import { Stack } from './stack.ts'

const folder = mkdtempSync(join(tmpdir(), 'weokto-pages-'))
const pages = join(folder, 'web')
const stack = new Stack()

beforeAll(() => packPages(pages, join(folder, 'log'), stack), 120_000)
afterAll(async () => {
  await stack.unwind()
  rmSync(folder, { recursive: true, force: true })
})

/** React's production build names its errors by number, at this address; only its development build speaks of its tools. */
function reactIn(built: string): { production: boolean; development: boolean } {
  const assets = join(built, 'assets')
  const vendor = readdirSync(assets).find((name) => /^vendor-.+\.js$/.test(name)) ?? ''
  const code = readFileSync(join(assets, vendor), 'utf8')
  return { production: code.includes('react.dev/errors/'), development: code.includes('React DevTools') }
}

test('built from within a test, the pages have React’s production build', () => {
  expect(process.env['NODE_ENV']).toBe('test')
  expect(reactIn(pages)).toEqual({ production: true, development: false })
})

test('what start and deploy serve has it too, whoever built it last', () => {
  expect(reactIn(PAGES)).toEqual({ production: true, development: false })
})

test.each([
  ['none', ''],
  ['another mode', 'test\n'],
])('a build whose stamp says %s is not fresh', (_, said) => {
  const stamp = join(pages, '.built')
  const ours = readFileSync(stamp, 'utf8')
  expect([areFresh(pages), ours]).toEqual([true, expect.stringMatching(/^production\n[0-9a-f]{64}\n$/)])
  writeFileSync(stamp, said)
  expect(areFresh(pages)).toBe(false)
  writeFileSync(stamp, ours)
  expect(areFresh(pages)).toBe(true)
})

test('what pages are made from is known by its files: one more, one less or one put back makes another fingerprint', () => {
  const [sources, file] = [join(folder, 'sources'), join(folder, 'sources/deep/a.css')]
  mkdirSync(join(sources, 'deep'), { recursive: true })
  writeFileSync(file, 'a')
  const at = new Date('2026-01-01')
  utimesSync(file, at, at)
  const first = fingerprintOf([sources])
  writeFileSync(join(sources, 'b.css'), 'b')
  const more = fingerprintOf([sources])
  rmSync(join(sources, 'b.css'))
  expect([more === first, fingerprintOf([sources]) === first]).toEqual([false, true])
  writeFileSync(file, 'an older one')
  utimesSync(file, new Date('2025-01-01'), new Date('2025-01-01'))
  expect(fingerprintOf([sources])).not.toBe(first)
})
