import { isCuid } from '@paralleldrive/cuid2'
import { expect, test } from 'vitest'
import { newId } from './id.ts'

test('ids are cuid2s of one length, and no two are the same', () => {
  const ids = Array.from({ length: 2_000 }, newId)
  expect(ids.filter((id) => !isCuid(id) || !/^[a-z][a-z0-9]{23}$/.test(id))).toEqual([])
  expect(new Set(ids).size).toBe(ids.length)
})
