import { expect, test } from 'vitest'
import { isToken, randomCode, randomToken, sameHash, seal, sha256Hex, unseal } from './crypto.ts'

test('two hashes are the same only when both are there', async () => {
  const hash = await sha256Hex('secret-of-tests')
  expect(hash).toMatch(/^[0-9a-f]{64}$/)
  expect(sameHash(hash, await sha256Hex('secret-of-tests'))).toBe(true)
  for (const wrong of ['secret-of-test', 'Secret-of-tests', hash]) expect(sameHash(hash, await sha256Hex(wrong))).toBe(false)
  for (const [a, b] of [
    ['', ''],
    [null, null],
    ['', null],
    [null, ''],
    [hash, ''],
    ['', hash],
    [hash, null],
    [hash, hash.slice(0, 63)],
  ] as const)
    expect([a, b, sameHash(a, b)]).toEqual([a, b, false])
})

test('a token of ours is known by its form, and a code has six digits', () => {
  for (let n = 0; n < 50; n++) {
    expect(isToken(randomToken())).toBe(true)
    expect(randomCode()).toMatch(/^\d{6}$/)
  }
  for (const none of ['', ' ', 'undefined', 'x'.repeat(42), `${randomToken()} `]) expect([none, isToken(none)]).toEqual([none, false])
})

test('what is sealed is read with the same key and with no other', async () => {
  const [key, other] = [btoa('k'.repeat(32)), btoa('o'.repeat(32))]
  const sealed = await seal(key, 'Bonjour')
  expect(sealed).not.toContain('Bonjour')
  expect(await unseal(key, sealed)).toBe('Bonjour')
  await expect(unseal(other, sealed)).rejects.toThrow()
})

test('what is sealed may be as long as a hundred mails', async () => {
  const key = btoa('k'.repeat(32))
  const long = 'é'.repeat(1_000_000)
  expect((await unseal(key, await seal(key, long))) === long).toBe(true)
})
