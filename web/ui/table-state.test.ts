import { expect, test } from 'vitest'
import { readTableState, withChange } from './table-state.ts'

const ORDER = { name: 'sample', keys: ['at', 'cents'], usual: '-at' } as const

test('an empty address is the first page in the default order', () => {
  expect(readTableState({}, { order: ORDER })).toEqual({
    sort: { key: 'at', descending: true },
    page: 1,
    after: '',
    before: '',
    query: '',
    filters: {},
  })
  expect(readTableState({}).sort).toBeNull()
})

test('reads sort, page, word and the filters it was told of', () => {
  const search = { sort: 'cents', page: 3, after: 'here', q: 'lumière', status: 'LOCKED', other: 'x' }
  expect(readTableState(search, { order: ORDER, filterKeys: ['status', 'product'] })).toEqual({
    sort: { key: 'cents', descending: false },
    page: 3,
    after: 'here',
    before: '',
    query: 'lumière',
    filters: { status: 'LOCKED' },
  })
})

test.each([-1, 0, 1.5, 'x', Number.NaN, null, {}, [2, 3]])('a page of %j is the first', (page) => {
  expect(readTableState({ page }).page).toBe(1)
})

test('a change keeps foreign keys and drops what is empty', () => {
  expect(withChange({ tab: 'x', page: 4, q: 'a' }, { q: '', page: undefined, status: 'LOCKED' })).toEqual({ tab: 'x', status: 'LOCKED' })
})

test('a sort that the list does not have is its usual one', () => {
  for (const sort of ['other', '--at', '-', '', 7, null])
    expect(readTableState({ sort }, { order: ORDER }).sort).toEqual({ key: 'at', descending: true })
})
