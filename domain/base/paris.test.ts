import { describe, expect, test } from 'vitest'
import { daysText, parisDay, readDays, spanOf } from './paris.ts'

describe('days in an address', () => {
  test('mean what they were written from', () => {
    const days = { from: '2026-03-03', to: '2026-04-01' }
    expect(daysText(days)).toBe('2026-03-03..2026-04-01')
    expect(readDays(daysText(days))).toEqual(days)
  })

  test.each([
    '',
    '2026-03-03',
    '2026-04-01..2026-03-03',
    '2026-02-30..2026-03-01',
    '0000-01-01..2026-01-01',
    '2026-01-01..9999-12-31',
    '2026-03-03..2026-04-01..',
    null,
    7,
  ])('%j means none', (text) => expect(readDays(text)).toBeNull())

  test('begin and end at midnight in Paris, over a change of clocks too', () => {
    const [begin, end] = spanOf({ from: '2026-03-29', to: '2026-03-29' })
    expect([begin, end]).toEqual([new Date('2026-03-28T23:00:00Z'), new Date('2026-03-29T22:00:00Z')])
    expect([parisDay(begin), parisDay(new Date(end.getTime() - 1)), parisDay(end)]).toEqual(['2026-03-29', '2026-03-29', '2026-03-30'])
  })
})
