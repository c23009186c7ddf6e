import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parisDay, startOfParisDay, weekdayOf } from '#domain/base/paris.ts'
import { DEFAULT_POLICY } from '#domain/base/policy.ts'
import { DAY_MS, HOUR_MS } from '#domain/base/time.ts'
import { boardFinalAt, isWithin, monthWindow, rankBoard, refundCounts, rewardOf, Rewards, weekWindow } from './competition.ts'

const instant = fc.date({ min: new Date('2000-01-01'), max: new Date('2060-01-01'), noInvalidDate: true })
const iso = ({ startDate, endDate }: { startDate: Date; endDate: Date }) => [startDate.toISOString(), endDate.toISOString()]

describe('days in Paris', () => {
  test('begin an hour or two before those of UTC', () => {
    expect(parisDay(new Date('2026-01-31T22:59:59Z'))).toBe('2026-01-31')
    expect(parisDay(new Date('2026-01-31T23:00:00Z'))).toBe('2026-02-01')
    expect(parisDay(new Date('2026-07-31T22:00:00Z'))).toBe('2026-08-01')
    expect(startOfParisDay('2026-03-29').toISOString()).toBe('2026-03-28T23:00:00.000Z')
    expect(startOfParisDay('2026-03-30').toISOString()).toBe('2026-03-29T22:00:00.000Z')
    expect(() => startOfParisDay('2026-02-30')).toThrow(RangeError)
    expect(() => startOfParisDay('hier')).toThrow(RangeError)
  })

  test('contain their instants', () => {
    fc.assert(
      fc.property(instant, (at) => {
        const start = startOfParisDay(parisDay(at))
        const age = at.getTime() - start.getTime()
        expect(age >= 0 && age < DAY_MS + HOUR_MS).toBe(true)
        expect(parisDay(start)).toBe(parisDay(at))
        expect(parisDay(new Date(start.getTime() - 1))).not.toBe(parisDay(at))
      }),
    )
  })
})

describe('windows', () => {
  test('a week is Monday to Monday, a month the 1st to the 1st, summer time or not', () => {
    expect(iso(weekWindow(new Date('2026-03-29T12:00:00Z')))).toEqual(['2026-03-22T23:00:00.000Z', '2026-03-29T22:00:00.000Z'])
    expect(iso(weekWindow(new Date('2026-03-29T22:00:00Z')))).toEqual(['2026-03-29T22:00:00.000Z', '2026-04-05T22:00:00.000Z'])
    expect(iso(monthWindow(new Date('2026-10-31T23:30:00Z')))).toEqual(['2026-10-31T23:00:00.000Z', '2026-11-30T23:00:00.000Z'])
    expect(iso(monthWindow(new Date('2026-12-31T22:59:59Z')))).toEqual(['2026-11-30T23:00:00.000Z', '2026-12-31T23:00:00.000Z'])
  })

  test('follow one another without gap or overlap', () => {
    fc.assert(
      fc.property(instant, fc.constantFrom(weekWindow, monthWindow), (at, windowOf) => {
        const window = windowOf(at)
        expect(isWithin(window, at)).toBe(true)
        expect(windowOf(window.endDate).startDate).toEqual(window.endDate)
        expect(windowOf(new Date(window.startDate.getTime() - 1)).endDate).toEqual(window.startDate)
        expect(windowOf === weekWindow ? weekdayOf(parisDay(window.startDate)) : parisDay(window.startDate).slice(8)).toBe(
          windowOf === weekWindow ? 1 : '01',
        )
      }),
    )
  })

  test('the board is final after 15 days', () => {
    const end = new Date('2026-03-01T23:00:00Z')
    expect(boardFinalAt(end, DEFAULT_POLICY).toISOString()).toBe('2026-03-16T23:00:00.000Z')
    expect(refundCounts(end, new Date('2026-03-16T22:59:59Z'), DEFAULT_POLICY)).toBe(true)
    expect(refundCounts(end, new Date('2026-03-16T23:00:00Z'), DEFAULT_POLICY)).toBe(false)
  })
})

const entry = (id: string, totalSales: number, salesCount: number, minute: number) => ({
  id,
  totalSales,
  salesCount,
  reachedAt: new Date(minute * 60_000),
})

describe('the board', () => {
  test('ranks by total, number, then who got there first', () => {
    const ranked = rankBoard([
      entry('a', 100, 1, 5),
      entry('b', 100, 2, 9),
      entry('c', 100, 1, 4),
      entry('d', 200, 1, 9),
      entry('e', 0, 0, 1),
    ])
    expect(ranked.map(({ id, rank }) => [id, rank])).toEqual([
      ['d', 1],
      ['b', 2],
      ['c', 3],
      ['a', 4],
      ['e', null],
    ])
  })

  test('rewards are pearls or a prize', () => {
    const rewards = Rewards.parse({ '1': '10000_pearls', '2': 'trip_bali' })
    expect(rewardOf(rewards, 1)).toEqual({ kind: 'pearls', pearls: 10_000 })
    expect(rewardOf(rewards, 2)).toEqual({ kind: 'prize', prize: 'trip_bali' })
    expect(rewardOf(rewards, 3)).toBeNull()
    expect(Rewards.safeParse({ '0': 'x' }).success).toBe(false)
    expect(Rewards.safeParse({ first: 'x' }).success).toBe(false)
  })
})
