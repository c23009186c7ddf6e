import { expect, test } from 'vitest'
import { headerOf, keyRing, secretOf } from './key-ring.ts'

const [one, two] = ['1'.repeat(32), '2'.repeat(44)]

test('a bare secret is a key without a name, and the first of several signs', () => {
  expect(keyRing(one)).toEqual([{ kid: null, secret: one }])
  expect(keyRing(`2026-11:${two}, ${one}`)).toEqual([
    { kid: '2026-11', secret: two },
    { kid: null, secret: one },
  ])
})

test.each([
  ['nothing', ''],
  ['no text', undefined],
  ['a short secret', 'short'],
  ['a short secret behind a name', `a:${'1'.repeat(31)}`],
  ['an empty place', `${one},`],
  ['two keys without a name', `${one},${two}`],
  ['a name twice', `a:${one},a:${two}`],
  ['five keys', ['a', 'b', 'c', 'd', 'e'].map((kid) => `${kid}:${one}`).join(',')],
])('%s is no ring', (_what, setting) => {
  expect(keyRing(setting)).toBeNull()
})

test('what names a key is read with that one alone, and what names none with the one that has no name', () => {
  const ring = keyRing(`b:${two},${one}`) ?? [{ kid: null, secret: '' }]
  expect([secretOf(ring, 'b'), secretOf(ring, undefined)]).toEqual([two, one])
  for (const unknown of ['a', '', 'B', null, 7, {}, ['b']]) expect([unknown, secretOf(ring, unknown)]).toEqual([unknown, null])
  expect(secretOf(keyRing(`b:${two}`) ?? ring, undefined)).toBeNull()
  expect([headerOf(ring[0]), ring[1] && headerOf(ring[1])]).toEqual([{ alg: 'HS256', kid: 'b' }, { alg: 'HS256' }])
})
