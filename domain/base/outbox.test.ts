import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decideRetry, OUTBOX_TRIES, outboxWaitMs, type Fault } from './outbox.ts'

test('all tries of a row together span about a day and a half, and the second comes while a reader still waits', () => {
  const waits = Array.from({ length: OUTBOX_TRIES - 1 }, (_, n) => outboxWaitMs(n + 1))
  const hours = waits.reduce((sum, ms) => sum + ms, 0) / 3_600_000
  expect(hours).toBeGreaterThan(30)
  expect(hours).toBeLessThan(42)
  expect(waits[0]).toBe(60_000)
  expect(waits).toEqual(waits.toSorted((a, b) => a - b))
})

describe('a try that failed', () => {
  const DAY_MS = 86_400_000
  const FAULTS: Fault[] = ['busy', 'unavailable', 'account', 'impossible']
  const waits = (fault: Fault) =>
    Array.from({ length: OUTBOX_TRIES - 1 }, (_, n) => {
      const retry = decideRetry({ fault, tries: n + 1, retryAfterMs: null, ageMs: 0 })
      return retry.kind === 'give_up' ? null : retry.afterMs
    })

  test('is followed by another one, ever later; whoever was only too fast begins with seconds', () => {
    expect(waits('unavailable')).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024].map((minutes) => minutes * 60_000))
    expect(waits('busy')).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60].map((seconds) => seconds * 1000))
  })

  test('counts, but not when it was only too fast more often than the first six times: nothing is lost by that within a day and a half', () => {
    const busy = (tries: number, ageMs: number) => decideRetry({ fault: 'busy', tries, retryAfterMs: null, ageMs })
    expect(busy(6, 0)).toMatchObject({ kind: 'again', counts: true })
    for (const tries of [7, OUTBOX_TRIES]) expect(busy(tries, DAY_MS)).toMatchObject({ kind: 'again', counts: false })
    for (const tries of [7, OUTBOX_TRIES]) expect(busy(tries, 2 * DAY_MS)).toEqual({ kind: 'give_up' })
    expect(busy(1, 30 * DAY_MS)).toMatchObject({ kind: 'again' })
    for (const fault of ['unavailable', 'account'] as const)
      expect(decideRetry({ fault, tries: 7, retryAfterMs: null, ageMs: 0 })).toMatchObject({ counts: true })
  })

  test('is told to a person at once and tried again when the fault is the account’s', () => {
    expect(decideRetry({ fault: 'account', tries: 1, retryAfterMs: null, ageMs: 0 })).toEqual({
      kind: 'ask',
      afterMs: 60_000,
      counts: true,
    })
    expect(waits('account')).toEqual(waits('unavailable'))
  })

  test('is the last one when it was the twelfth, or when no other can succeed', () => {
    const last = { tries: OUTBOX_TRIES, retryAfterMs: 1000, ageMs: 0 }
    for (const fault of FAULTS.filter((one) => one !== 'busy')) expect(decideRetry({ fault, ...last })).toEqual({ kind: 'give_up' })
    expect(decideRetry({ fault: 'impossible', ...last, tries: 1 })).toEqual({ kind: 'give_up' })
  })

  test('waits as long as it was asked to, at least its own time, and never more than a day', () => {
    const failed = fc.record({
      fault: fc.constantFrom<Fault>('busy', 'unavailable', 'account'),
      tries: fc.integer({ min: 1, max: OUTBOX_TRIES - 1 }),
      retryAfterMs: fc.option(fc.integer({ min: 0, max: 10 * DAY_MS })),
      ageMs: fc.integer({ min: 0, max: DAY_MS }),
    })
    fc.assert(
      fc.property(failed, (one) => {
        const retry = decideRetry(one)
        if (retry.kind === 'give_up') throw new Error('It had tries left.')
        expect(retry.afterMs).toBeGreaterThanOrEqual(1000)
        expect(retry.afterMs).toBeGreaterThanOrEqual(Math.min(one.retryAfterMs ?? 0, DAY_MS))
        expect(retry.afterMs).toBeLessThanOrEqual(DAY_MS)
      }),
    )
  })
})
