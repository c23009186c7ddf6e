import * as fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { LOCALE_COOKIE } from '#domain/base/locale-cookie.ts'
import { app } from '#api/app.ts'
import { randomToken } from '#api/crypto.ts'
import { hostileText } from '#dev/suites/fuzz/hostile.ts'
import { testServices } from '#dev/testing/services.ts'
import { localeOf } from './locale.ts'

/** Without a database: what cannot be ours is not looked up, so no answer needs one. */
const services = testServices({ databaseUrl: 'postgresql://nobody:nothing@127.0.0.1/none', httpEndpoint: 'http://127.0.0.1:9' })
const NAMES = ['session', 'signin', 'checkout', 'ck', LOCALE_COOKIE.name]

function withCookie(path: string, cookie: string): Request | null {
  try {
    return new Request(`${services.config.STAM_ORIGIN}${path}`, { headers: { cookie } })
  } catch {
    // No browser can send it either.
    return null
  }
}

const ask = (request: Request) => app.fetch(request, { services, edge: { ip: '203.0.113.7', country: 'FR', city: 'Lyon' } })

const anyValue = fc.oneof(
  hostileText,
  hostileText.map((text) => encodeURIComponent(text.toWellFormed())),
  fc.constantFrom('%', '%ff', '%00', '"', '=', 'x'.repeat(42), 'x'.repeat(44), `${'x'.repeat(43)}%0a`, 'x'.repeat(60_000)),
)

test('a cookie that we cannot have given is none: whoever brings it is a visitor', async () => {
  const cookies = fc.array(fc.tuple(fc.constantFrom(...NAMES), anyValue), { minLength: 1, maxLength: 6 })
  const answers = new Set<number>()
  await fc.assert(
    fc.asyncProperty(cookies, async (pairs) => {
      const request = withCookie('/api/me', pairs.map(([name, value]) => `${name}=${value}`).join('; '))
      if (request === null) return
      const response = await ask(request)
      answers.add(response.status)
      // A card number in a cookie is refused before anything is read.
      if (response.status === 422) return
      expect([response.status, await response.json()]).toEqual([200, expect.objectContaining({ user: null })])
    }),
    { numRuns: 400 },
  )
  expect(answers).toContain(200)
})

test('one that we may have given is looked up: here nothing is there to ask', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const request = withCookie('/api/me', `session=${randomToken()}`)
  expect(request && (await ask(request)).status).toBe(500)
})

test('the language is one of ours, whatever else its cookie says', () => {
  const chosen = (cookie: string) => localeOf(new Request('https://be-stam.com/', { headers: { cookie, 'accept-language': 'en' } }))
  expect(['locale=fr', 'a=b; locale=fr', 'locale=de', 'locale=fr-evil', 'xlocale=fr', 'locale='].map(chosen)).toEqual([
    'fr',
    'fr',
    'en',
    'en',
    'en',
    'en',
  ])
})
