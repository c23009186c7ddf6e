import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { request } from '#dev/http-client.ts'
import { startSite, type Site } from '#dev/testing/site.ts'

const CARD = '4242424242424242'
/** What a browser names when a person moves to an address. */
const BY_A_PERSON = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }

let t: TestDatabase
let site: Site
let stam: string
let weokto: string

beforeAll(async () => {
  t = await testDatabase()
  site = await startSite(t)
  stam = site.services.config.STAM_ORIGIN
  weokto = site.services.config.WEOKTO_ORIGIN
})
afterAll(async () => {
  await site.stop()
  await t.close()
})

async function visit(url: string, headers: Record<string, string> = {}, method = 'GET') {
  const response = await request(url, { method, headers: { ...BY_A_PERSON, ...headers } })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

test.each([
  ['a landing page that is not there', 404, '/l/nothing-here', 'Page introuvable'],
  ['a file that is not there', 404, '/nothing-here.js', 'Page introuvable'],
  ['an asset that is not there', 404, '/assets/nothing-here.js', 'Page introuvable'],
  ['a card number in the path', 422, `/l/${CARD}`, 'numéro de carte'],
  ['a card number in an asset’s path', 422, `/assets/${CARD}.js`, 'numéro de carte'],
  ['a card number in the query', 422, `/?q=4242%204242%204242%204242`, 'numéro de carte'],
  ['a card number in a link', 422, `/r/${CARD}`, 'numéro de carte'],
  ['a card number in a link’s mark', 422, `/r/nobody22?sub=${CARD}`, 'numéro de carte'],
  ['an overlong link', 413, `/r/nobody22?sub=${'x'.repeat(5_000)}`, 'trop volumineux'],
])('a person who comes to %s reads a page with a way on', async (_, status, path, words) => {
  for (const origin of [stam, weokto]) {
    const page = await visit(origin + path)
    expect([page.status, page.headers.get('content-type'), page.headers.get('cache-control')]).toEqual([
      status,
      'text/html; charset=utf-8',
      'no-store',
    ])
    expect(page.text).toMatch(/^<!doctype html>\s*<html lang="fr">/)
    expect(page.text).toContain(words)
    expect(page.text).toContain('<a href="/">')
    expect(page.text).not.toContain(CARD)
    expect(page.headers.get('referrer-policy')).toBe('no-referrer')
    expect(page.headers.get('x-frame-options')).toBe('DENY')
    const nonce = /style-src 'nonce-([^']+)'/.exec(page.headers.get('content-security-policy') ?? '')?.[1]
    expect(page.text).toContain(`<style nonce="${nonce}">`)
  }
})

test('on a host that is none of ours both sites are named', async () => {
  const page = await visit(stam.replace('stam.', 'other.'), { 'accept-language': 'en-GB' })
  expect(page.status).toBe(421)
  expect(page.text).toContain('<html lang="en">')
  for (const origin of [stam, weokto]) expect(page.text).toContain(`<a href="${origin}">`)
})

test('a program reads JSON, and below /api everybody does', async () => {
  for (const [path, headers] of [
    ['/l/nothing-here', { accept: '*/*' }],
    ['/api/nothing-here', BY_A_PERSON],
  ] as const) {
    const answer = await visit(stam + path, headers)
    expect([answer.status, JSON.parse(answer.text).error.code]).toEqual([404, 'not_found'])
  }
})

test('HEAD is answered as GET is, without the page', async () => {
  const page = await visit(`${stam}/r/${CARD}`, {}, 'HEAD')
  expect([page.status, page.text]).toEqual([422, ''])
})

test('nothing of a refused number is logged', async () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  await visit(`${stam}/r/${CARD}?sub=${CARD}`, { referer: `https://example.com/${CARD}` })
  await visit(`${stam}/assets/${CARD}`)
  expect(said).not.toHaveBeenCalled()
  said.mockRestore()
})
