import { expect, test } from 'vitest'
import { withCalls } from './page-calls.ts'

const lineOf = (path: string): string => `\n    <link rel="preload" as="fetch" crossorigin="anonymous" href="${path}">`
const html = `<head>${['/api/me', '/api/communities/$slug', '/api/links?page=1'].map(lineOf).join('')}</head>`
const callsIn = (text: string): string[] => Array.from(text.matchAll(/href="([^"]*)"/g), ([, path = '']) => path)

test('the address’s own parts are written into the calls', () => {
  const params = new Map([['$slug', 'photo-de-rue']])
  expect(callsIn(withCalls(html, params, ''))).toEqual(['/api/me', '/api/communities/photo-de-rue', '/api/links?page=1'])
})

test.each(['', 'caf%C3%A9', '"><script>', 'a'.repeat(101), '$slug'])('a part that is spelt like %s is in no call', (value) => {
  expect(withCalls(html, new Map([['$slug', value]]), '')).toBe(html.replace(lineOf('/api/communities/$slug'), ''))
})

test('a list that the address asks for otherwise is left to the program', () => {
  expect(callsIn(withCalls(html, new Map([['$slug', 'x']]), '?state=paused'))).toEqual(['/api/me', '/api/communities/x'])
})
