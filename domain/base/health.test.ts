import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { decideHealth, lateAfterMs, periodMs, type JobRuns, type Vitals } from './health.ts'

const NOW = new Date('2026-11-25T12:00:00Z')
const MINUTE = 60_000
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * MINUTE)
const FIVE = '*/5 * * * *'
const NIGHTLY = '15 3 * * *'

const WELL: Vitals = {
  jobs: [],
  waitingSince: null,
  givenUpMails: 0,
  refusedMails: 0,
  sentMails: 0,
  withheldAlerts: 0,
  givenUpOthers: 0,
  deadLetterAt: null,
  undecidedSince: null,
}
const job = (values: Partial<JobRuns>): JobRuns => ({
  job: 'drain-outbox',
  cron: FIVE,
  knownSince: ago(100_000),
  startedAt: ago(1),
  succeededAt: ago(1),
  ...values,
})
const keysOf = (values: Partial<Vitals>) => decideHealth({ ...WELL, ...values }, NOW).map(({ key }) => key)

test('a schedule says its own period, and one that no monitor understands is refused', () => {
  expect([periodMs(FIVE), periodMs(NIGHTLY), periodMs('*/30 * * * *')].map((ms) => ms / MINUTE)).toEqual([5, 1_440, 30])
  expect([lateAfterMs(FIVE), lateAfterMs(NIGHTLY)].map((ms) => ms / MINUTE)).toEqual([15, 1_500])
  for (const cron of ['', '* * * * *', '5 * * * *', '0 3 * * 1', '0 3 1 * *', '*/5 3 * * *', 'x'])
    expect(() => periodMs(cron)).toThrow(RangeError)
})

test('a job is late when no run has ended well for its period and its grace, however often it was begun', () => {
  expect(keysOf({ jobs: [job({ succeededAt: ago(15) })] })).toEqual([])
  expect(keysOf({ jobs: [job({ startedAt: ago(0), succeededAt: ago(15.1) })] })).toEqual(['job_late:drain-outbox'])
  expect(keysOf({ jobs: [job({ job: 'purge-expired', cron: NIGHTLY, succeededAt: ago(24 * 60 + 59) })] })).toEqual([])
  expect(keysOf({ jobs: [job({ job: 'purge-expired', cron: NIGHTLY, succeededAt: ago(25 * 60 + 1) })] })).toEqual([
    'job_late:purge-expired',
  ])
})

test('one that never ended well is measured since it is known, and one that nobody has heard of is late', () => {
  expect(keysOf({ jobs: [job({ knownSince: ago(14), succeededAt: null })] })).toEqual([])
  expect(keysOf({ jobs: [job({ knownSince: ago(16), succeededAt: null })] })).toEqual(['job_late:drain-outbox'])
  expect(keysOf({ jobs: [job({ knownSince: null, startedAt: null, succeededAt: null })] })).toEqual(['job_late:drain-outbox'])
})

test('each of the others is told at its bound, and by itself', () => {
  expect(keysOf({ waitingSince: ago(30), givenUpMails: 4, deadLetterAt: ago(60.1), undecidedSince: ago(1_440) })).toEqual([])
  expect(keysOf({ waitingSince: ago(30.1) })).toEqual(['outbox_waiting'])
  expect(keysOf({ givenUpMails: 5 })).toEqual(['outbox_given_up'])
  expect(keysOf({ withheldAlerts: 1 })).toEqual(['alert_withheld'])
  expect(keysOf({ givenUpOthers: 1 })).toEqual(['promise_given_up'])
  expect(keysOf({ deadLetterAt: ago(60) })).toEqual(['dead_letters'])
  expect(keysOf({ undecidedSince: ago(1_441) })).toEqual(['payment_undecided'])
})

test('addresses that a stranger mistypes are no trouble of ours, refusals of most of what is sent are', () => {
  expect(keysOf({ refusedMails: 40, sentMails: 40 })).toEqual([])
  expect(keysOf({ refusedMails: 4, sentMails: 0 })).toEqual([])
  expect(keysOf({ refusedMails: 5, sentMails: 4 })).toEqual(['outbox_given_up'])
})

test('a job that goes on not ending well never becomes well again by waiting', () => {
  fc.assert(
    fc.property(fc.constantFrom(FIVE, NIGHTLY), fc.nat(5_000), fc.nat(5_000), (cron, minutes, later) => {
      const jobs = [job({ cron, succeededAt: ago(minutes) })]
      const then = new Date(NOW.getTime() + later * MINUTE)
      const before = decideHealth({ ...WELL, jobs }, NOW).length
      expect(decideHealth({ ...WELL, jobs }, then).length).toBeGreaterThanOrEqual(before)
    }),
  )
})
