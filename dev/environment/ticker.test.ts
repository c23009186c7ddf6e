import { expect, test } from 'vitest'
import { cronsOf, isDue } from './ticker.ts'

test.each([
  ['*/5 * * * *', '2026-11-22T10:15:30Z', true],
  ['*/5 * * * *', '2026-11-22T10:16:00Z', false],
  ['0 * * * *', '2026-11-22T10:00:59Z', true],
  ['15 3 * * *', '2026-11-22T03:15:00Z', true],
  ['15 3 * * *', '2026-11-22T15:15:00Z', false],
  ['0 0 1 */3 *', '2026-04-01T00:00:00Z', true],
  ['0 0 1 */3 *', '2026-05-01T00:00:00Z', false],
  ['0 9 * * 1-5', '2026-11-22T09:00:00Z', false],
  ['0 9 * * 1-5', '2026-11-23T09:00:00Z', true],
  ['10,40 8-9 * * *', '2026-11-23T09:40:00Z', true],
  ['0 0 1 * 1', '2026-11-23T00:00:00Z', true],
])('%s at %s: %s', (cron, time, due) => {
  expect(isDue(cron, new Date(time))).toBe(due)
})

test('reads the schedules of wrangler.toml', () => {
  expect(cronsOf('[triggers]\ncrons = ["*/5 * * * *", "15 3 * * *"]\n')).toEqual(['*/5 * * * *', '15 3 * * *'])
  expect(cronsOf().length).toBeGreaterThan(0)
})
