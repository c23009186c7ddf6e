import { describe, expect, test } from 'vitest'
import { DEFAULT_POLICY } from '#domain/base/policy.ts'
import { addDays } from '#domain/base/time.ts'
import { decideGuildChange, guildChangeAllowedAt, isAdult } from './guild.ts'

const now = new Date('2026-03-10T12:00:00Z')
const change = (currentGuildId: string | null, lastGuildChangeAt: Date | null) =>
  decideGuildChange({ currentGuildId, lastGuildChangeAt }, 'dev', DEFAULT_POLICY, now)

describe('changing guild', () => {
  test('the first choice is no change', () => {
    expect(change(null, null)).toEqual({ currentGuildId: 'dev', guildJoinedAt: now, lastGuildChangeAt: null })
    expect(change('marketing', null)).toEqual({ currentGuildId: 'dev', guildJoinedAt: now, lastGuildChangeAt: now })
  })

  test('once per 30 days', () => {
    expect(() => change('marketing', addDays(now, -29.9))).toThrow(expect.objectContaining({ code: 'guild_change_too_soon' }))
    expect(change('marketing', addDays(now, -30)).currentGuildId).toBe('dev')
    expect(() => change('dev', null)).toThrow(expect.objectContaining({ code: 'conflict' }))
    const state = { currentGuildId: 'x', lastGuildChangeAt: addDays(now, -10) }
    expect(guildChangeAllowedAt(state, DEFAULT_POLICY, now)).toEqual(addDays(now, 20))
    expect(guildChangeAllowedAt({ ...state, lastGuildChangeAt: null }, DEFAULT_POLICY, now)).toBeNull()
  })
})

describe('coming of age', () => {
  test.each([
    ['2008-03-10', true],
    ['2008-03-11', false],
    ['1950-01-01', true],
  ])('born %s: %s', (day, adult) => {
    expect(isAdult(day, now)).toBe(adult)
  })

  test('leap days and days that are none', () => {
    expect(isAdult('2008-02-29', new Date('2026-02-28T23:59:59Z'))).toBe(false)
    expect(isAdult('2008-02-29', new Date('2026-03-01T00:00:00Z'))).toBe(true)
    for (const bad of ['2008-02-30', '08-02-03', '', '2008-2-3']) expect(() => isAdult(bad, now)).toThrow(RangeError)
  })
})
