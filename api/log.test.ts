import { expect, test } from 'vitest'
import { redact } from './adapters/pci-vault/redact.ts'
import { briefOf } from './log.ts'

const HIDDEN = [
  '4242424242424242',
  '4242/4242/4242/4242',
  '4242   4242 4242 4242',
  '٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢',
  btoa('{"card_number":"4242424242424242"}'),
]

test.each(HIDDEN)('an error that repeats %s is logged without it', (text) => {
  expect(briefOf(new Error(`bad value "${text}"\nparams: x`))).toBe('[card number]')
  expect(redact(`bad value "${text}"`, [])).not.toContain(text)
})

test('an error is one line of bounded length', () => {
  expect(briefOf(new Error('no such row\nparams: a,b'))).toBe('no such row')
  expect(briefOf('x'.repeat(1_000))).toHaveLength(300)
})
