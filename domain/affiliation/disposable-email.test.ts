import { expect, test } from 'vitest'
import { DEFAULT_POLICY } from '#domain/base/policy.ts'
import { isDisposable } from './disposable-email.ts'

const { disposableDomains } = DEFAULT_POLICY.hold
const isThrownAway = (email: string) => isDisposable(email, disposableDomains)

test.each([
  '10minutemail.com',
  'discard.email',
  'guerrillamail.com',
  'jetable.org',
  'mailinator.com',
  'maildrop.cc',
  'sharklasers.com',
  'temp-mail.org',
  'tempmail.com',
  'throwawaymail.com',
  'trashmail.com',
  'yopmail.com',
  'yopmail.fr',
])('%s gives addresses to throw away, and so does what lies under it', (domain) => {
  expect(isThrownAway(`x@${domain}`)).toBe(true)
  expect(isThrownAway(`X@a.b.${domain.toUpperCase()}`)).toBe(true)
  expect(isThrownAway(`x@lookalike-of-${domain}`)).toBe(false)
})

test('people’s own providers, and those that hide an address without throwing it away, do not', () => {
  const kept = ['gmail.com', 'outlook.fr', 'orange.fr', 'laposte.net', 'proton.me', 'privaterelay.appleid.com', 'duck.com', 'mozmail.com']
  expect(kept.filter((domain) => isThrownAway(`x@${domain}`))).toEqual([])
})

test('the owner’s own list adds to it', () => {
  expect(isDisposable('x@mail.jetable.example', [])).toBe(false)
  expect(isDisposable('x@mail.jetable.example', ['jetable.example'])).toBe(true)
})
