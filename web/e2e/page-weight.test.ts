import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { builtSite } from './built-site.ts'

const FIRST_LOAD = 130 * 1024
const ROUTE = 60 * 1024
const PAY = 3 * 1024

let site: Awaited<ReturnType<typeof builtSite>>
beforeAll(async () => {
  site = await builtSite()
})
afterAll(() => site.remove())

/** A module and everything it imports before it can run. */
function closure(key: string, seen = new Set<string>()): Set<string> {
  if (seen.has(key)) return seen
  seen.add(key)
  for (const next of site.manifest[key]?.imports ?? []) closure(next, seen)
  return seen
}

async function weightOf(keys: Iterable<string>): Promise<number> {
  let total = 0
  for (const key of keys) {
    const file = site.manifest[key]?.file
    if (file?.endsWith('.js')) total += gzipSync(await readFile(join(site.outDir, file)), { level: 9 }).length
  }
  return total
}

describe.each(['weokto', 'stam'])('%s', (name) => {
  const entry = `${name}/index.html`

  test('the entry with its first route fits the first load', async () => {
    const first = closure(entry)
    const routes = site.manifest[entry]?.dynamicImports ?? []
    expect(await weightOf(first)).toBeLessThan(FIRST_LOAD)
    const home = routes.find((route) => route.includes('/home/') || route.includes('landing-screen') || route.includes('home-screen'))
    if (home) expect(await weightOf(closure(home, new Set(first)))).toBeLessThanOrEqual(FIRST_LOAD)
  })

  test('every other route adds no more than its share', async () => {
    const first = closure(entry)
    const heavy: string[] = []
    for (const route of site.manifest[entry]?.dynamicImports ?? []) {
      const added = [...closure(route)].filter((key) => !first.has(key))
      if ((await weightOf(added)) > ROUTE) heavy.push(route)
    }
    expect(heavy).toEqual([])
  })
})

test('pay.js is small, classic and sets no cookie', async () => {
  const code = await readFile(join(site.outDir, 'pay.js'), 'utf8')
  expect(code.length).toBeLessThan(PAY)
  expect(code).not.toMatch(/cookie|localStorage|sessionStorage|^\s*(import|export)\b/)
})

test('no page needs an inline script or style, and no style a gradient', async () => {
  const pages = ['weokto/index.html', 'stam/index.html', 'landing/cercle-lumiere/index.html']
  for (const page of pages) {
    const html = await readFile(join(site.outDir, page), 'utf8')
    expect(html).not.toMatch(/<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)/)
  }
  const assets = await readdir(join(site.outDir, 'assets'))
  for (const name of assets.filter((asset) => asset.endsWith('.css'))) {
    expect(await readFile(join(site.outDir, 'assets', name), 'utf8')).not.toMatch(/gradient\(/)
  }
})
