import { expect, test } from 'vitest'
import { AppError } from '#domain/error.ts'
import { decideSignIn, MAX_CODE_TRIES, type SignInProof } from './sign-in.ts'

const now = new Date('2026-05-01T10:00:00Z')
const row = { expiresAt: new Date('2026-05-01T10:10:00Z'), usedAt: null, tries: 0 }
const none: SignInProof = { hasToken: false, sameBrowser: false, code: 'none' }

function outcome(given: typeof row | { expiresAt: Date; usedAt: Date | null; tries: number } | null, proof: SignInProof): string {
  try {
    decideSignIn(given, proof, now)
    return 'in'
  } catch (error) {
    return error instanceof AppError ? error.code : 'broken'
  }
}

test.each<[string, Partial<SignInProof>, string]>([
  ['the link in the browser that asked', { hasToken: true, sameBrowser: true }, 'in'],
  ['the code in the browser that asked', { sameBrowser: true, code: 'right' }, 'in'],
  ['the link and the code in another browser', { hasToken: true, code: 'right' }, 'in'],
  ['the link alone in another browser', { hasToken: true }, 'code_needed'],
  ['the browser alone', { sameBrowser: true }, 'code_needed'],
  ['a wrong code, whatever else there is', { hasToken: true, sameBrowser: true, code: 'wrong' }, 'code_wrong'],
])('%s', (_, proof, said) => {
  expect(outcome(row, { ...none, ...proof })).toBe(said)
})

test('a link that was used, is too old or met too many wrong codes is dead for everybody', () => {
  const all: SignInProof = { hasToken: true, sameBrowser: true, code: 'right' }
  expect(outcome(null, all)).toBe('link_expired')
  expect(outcome({ ...row, usedAt: now }, all)).toBe('link_expired')
  expect(outcome({ ...row, expiresAt: now }, all)).toBe('link_expired')
  expect(outcome({ ...row, tries: MAX_CODE_TRIES }, all)).toBe('link_expired')
})
