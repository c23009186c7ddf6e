import { readFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { builtSite } from './built-site.ts'

const FIRST_LOAD = 130_000
const ROUTE = 60_000
const PAY = 3_000
/** What opens at `/`. */
const FIRST_ROUTE = { weokto: 'sites/weokto/public/landing-screen.tsx', stam: 'sites/stam/home-screen.tsx' } as const

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

/** Every route that the entry's chunks can load later. */
function routesOf(first: ReadonlySet<string>): string[] {
  return [...new Set([...first].flatMap((key) => site.manifest[key]?.dynamicImports ?? []))]
}

describe.each(['weokto', 'stam'] as const)('%s', (name) => {
  const entry = `sites/${name}/index.html`

  test('the entry with its first route fits the first load', async () => {
    const first = closure(entry)
    const home = routesOf(first).find((route) => route.endsWith(FIRST_ROUTE[name]))
    expect(home).toBeDefined()
    expect(await weightOf(closure(home ?? entry, new Set(first)))).toBeLessThanOrEqual(FIRST_LOAD)
  })

  test('every other route adds no more than its share', async () => {
    const first = closure(entry)
    const heavy: string[] = []
    expect(routesOf(first).length).toBeGreaterThan(5)
    for (const route of routesOf(first)) {
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

test('no script carries the sentences of refusals, which come with the API’s answer', async () => {
  const sentences = ['fr', 'en'].flatMap((locale): string[] =>
    Object.values(JSON.parse(readFileSync(join(import.meta.dirname, `../../domain/messages/${locale}/errors.json`), 'utf8'))),
  )
  const scripts = (await readdir(join(site.outDir, 'assets'))).filter((name) => name.endsWith('.js'))
  const code = (await Promise.all(scripts.map((name) => readFile(join(site.outDir, 'assets', name), 'utf8')))).join('\n')
  expect(sentences.length).toBeGreaterThan(50)
  expect(sentences.filter((sentence) => code.includes(sentence))).toEqual([])
})

test('no script carries what stands before the program', async () => {
  const scripts = (await readdir(join(site.outDir, 'assets'))).filter((name) => /^(?:weokto|stam)-.*\.js$/.test(name))
  expect(scripts.length).toBeGreaterThanOrEqual(2)
  for (const name of scripts) expect(await readFile(join(site.outDir, 'assets', name), 'utf8')).not.toMatch(/shape:|forMembers/)
})

test('no page needs an inline script or style, and no style a gradient', async () => {
  const files = await readdir(site.outDir, { recursive: true })
  const pages = files.filter((file) => file.endsWith('.html'))
  expect(pages.length).toBeGreaterThan(100)
  for (const page of pages) {
    const html = await readFile(join(site.outDir, page), 'utf8')
    expect(html).not.toMatch(/<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)/)
  }
  const assets = await readdir(join(site.outDir, 'assets'))
  for (const name of assets.filter((asset) => asset.endsWith('.css'))) {
    expect(await readFile(join(site.outDir, 'assets', name), 'utf8')).not.toMatch(/gradient\(/)
  }
})
