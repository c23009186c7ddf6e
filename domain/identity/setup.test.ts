import { expect, test } from 'vitest'
import { decideSetup, OpenBusiness, setupState } from './setup.ts'

test('a business that had an owner is never opened again, whatever is brought', () => {
  expect(setupState(true, true)).toBe('closed')
  expect(() => decideSetup('closed', true)).toThrow('setup_closed')
})

test('without a key nobody gets in, and the wrong one is no key', () => {
  expect(setupState(false, false)).toBe('keyless')
  expect(() => decideSetup('keyless', true)).toThrow('setup_keyless')
  expect(setupState(false, true)).toBe('open')
  expect(() => decideSetup('open', false)).toThrow('setup_key_wrong')
  expect(() => decideSetup('open', true)).not.toThrow()
})

test('a key may be pasted with spaces around it and is nothing without a letter', () => {
  expect(OpenBusiness.parse({ key: ' abc\n' })).toEqual({ key: 'abc' })
  expect(OpenBusiness.safeParse({ key: '  ' }).success).toBe(false)
})
