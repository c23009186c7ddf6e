import { expect, test } from 'vitest'
import { newId } from './id.ts'

const ids = Array.from({ length: 120_000 }, newId)

test('ids have the one form of a cuid2, and no two are the same', () => {
  expect(ids.filter((id) => !/^[a-z][a-z0-9]{23}$/.test(id))).toEqual([])
  expect(new Set(ids).size).toBe(ids.length)
})

/** How far from even the signs are, which for an even source is about as many as there are kinds of them. */
function chiSquare(signs: readonly string[], kinds: number): number {
  const counts = Map.groupBy(signs, (sign) => sign)
  expect(counts.size).toBe(kinds)
  const expected = signs.length / kinds
  return [...counts.values()].reduce((sum, { length }) => sum + (length - expected) ** 2 / expected, 0)
}

test('every sign comes equally often, at the first place and behind it', () => {
  // Beyond this an even source comes once in a million million runs.
  const most = 130
  const firsts = ids.map((id) => id.slice(0, 1))
  const others = ids.slice(0, 10_000).flatMap((id) => id.slice(1).split(''))
  expect(chiSquare(firsts, 26)).toBeLessThan(most)
  expect(chiSquare(others, 36)).toBeLessThan(most)
})
