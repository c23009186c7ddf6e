import { expect, test } from 'vitest'
import { OUTBOX_TRIES, outboxWaitMs } from './outbox.ts'

test('all tries of a row together span about a day and a half, and the second comes while a reader still waits', () => {
  const waits = Array.from({ length: OUTBOX_TRIES - 1 }, (_, n) => outboxWaitMs(n + 1))
  const hours = waits.reduce((sum, ms) => sum + ms, 0) / 3_600_000
  expect(hours).toBeGreaterThan(30)
  expect(hours).toBeLessThan(42)
  expect(waits[0]).toBe(60_000)
  expect(waits).toEqual(waits.toSorted((a, b) => a - b))
})
