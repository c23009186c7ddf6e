import { isCuid } from '@paralleldrive/cuid2'
import { expect, test } from 'vitest'
import { newId } from './id.ts'

test('an id has the form of a cuid2 and comes once', () => {
  const ids = Array.from({ length: 20_000 }, newId)
  expect(ids.filter((id) => !isCuid(id, { minLength: 24, maxLength: 24 }))).toEqual([])
  expect(new Set(ids).size).toBe(ids.length)
})

test('every sign is as likely as any other', () => {
  const counts = new Map<string, number>()
  for (let n = 0; n < 20_000; n++) for (const sign of newId().slice(1)) counts.set(sign, (counts.get(sign) ?? 0) + 1)
  const expected = (20_000 * 23) / 36
  expect(counts.size).toBe(36)
  // Six standard deviations: a fair source passes in all but a few of a billion runs.
  for (const count of counts.values()) expect(Math.abs(count - expected)).toBeLessThan(6 * Math.sqrt(expected))
})
