import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { areFresh, packPages, PAGES } from './pages.ts'
import { Stack } from './stack.ts'

const folder = mkdtempSync(join(tmpdir(), 'weokto-pages-'))
const pages = join(folder, 'web')
const stack = new Stack()

beforeAll(() => packPages(pages, new Date(), join(folder, 'log'), stack), 120_000)
afterAll(async () => {
  await stack.unwind()
  rmSync(folder, { recursive: true, force: true })
})

/** React's production build names its errors by number, at this address; only its development build speaks of its tools. */
function reactIn(built: string): { production: boolean; development: boolean } {
  const assets = join(built, 'assets')
  const [vendor = ''] = readdirSync(assets).filter((name) => /^vendor-.+\.js$/.test(name))
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
  expect([areFresh(pages), ours]).toEqual([true, 'production\n'])
  writeFileSync(stamp, said)
  expect(areFresh(pages)).toBe(false)
  writeFileSync(stamp, ours)
  expect(areFresh(pages)).toBe(true)
  utimesSync(stamp, new Date(0), new Date(0))
  expect(areFresh(pages)).toBe(false)
  utimesSync(stamp, new Date(), new Date())
})
