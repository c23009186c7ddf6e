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

test('what was sealed is read after a change of keys: by its own key alone, and not once that is gone', async () => {
  const [old, fresh] = [btoa('o'.repeat(32)), btoa('n'.repeat(32))]
  const [unnamed, before, after] = [await seal(old, 'Un'), await seal(`a:${old}`, 'Deux'), await seal(`b:${fresh},${old}`, 'Trois')]
  expect([unnamed.includes('.'), before.slice(0, 2), after.slice(0, 2)]).toEqual([false, 'a.', 'b.'])
  const setting = `b:${fresh},${old}`
  expect([await unseal(setting, unnamed), await unseal(setting, after)]).toEqual(['Un', 'Trois'])
  expect(await unseal(`b:${fresh},a:${old}`, before)).toBe('Deux')
  for (const sealed of [before, unnamed.replace(/^/, 'b.'), after.slice(2), `.${unnamed}`, `a.b.${unnamed}`])
    await expect(unseal(setting, sealed)).rejects.toThrow()
  await expect(unseal(`b:${fresh}`, unnamed)).rejects.toThrow('a key that is gone')
})
