const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** A mail is tried after 1, 2, 4, 8 and 16 minutes: whatever waits longer has met trouble that lasts. */
const WAITING_MS = 30 * MINUTE_MS
/** More mails than this given up within a day, after every try, are no single mailboxes that are full. */
const MOST_GIVEN_UP = 4
/** A bank may take a day to answer; after that nobody has asked, or nobody understands what was said. */
const UNDECIDED_MS = DAY_MS
/** So long a message that died is news. */
const DEAD_LETTER_MS = HOUR_MS

/** What stands still where it must not, in the order in which it is told. */
const PROBLEM_KINDS = [
  'job_late',
  'outbox_waiting',
  'outbox_given_up',
  'alert_withheld',
  'promise_given_up',
  'dead_letters',
  'payment_undecided',
] as const
export type ProblemKind = (typeof PROBLEM_KINDS)[number]

/** `key` names the problem as long as it lasts; `job` where it is about one. */
export interface Problem {
  key: string
  kind: ProblemKind
  job: string | null
}

/** What is known of a job. Nulls where it has not begun, not ended well, or nobody has ever heard of it. */
export interface JobRuns {
  job: string
  cron: string
  knownSince: Date | null
  startedAt: Date | null
  succeededAt: Date | null
}

export interface Vitals {
  jobs: readonly JobRuns[]
  /** Since when the oldest of what is to be sent waits. */
  waitingSince: Date | null
  /** Mails given up within a day after every try. */
  givenUpMails: number
  /** Mails that the provider refused within a day at their first try, as it refuses an address that cannot exist: any stranger may type one. */
  refusedMails: number
  /** Mails that left within a day. */
  sentMails: number
  /** What owners have to know and do not get, because mail does not reach the address of any of them. */
  withheldAlerts: number
  /** What is no mail and was given up, such as card data that is still at the vault; it stays until somebody has looked after it. */
  givenUpOthers: number
  /** When a dead-letter queue brought something last. */
  deadLetterAt: Date | null
  /** When the oldest payment was tried of which nobody knows how it ended. */
  undecidedSince: Date | null
}

/**
 * The time between two runs of a schedule, in milliseconds. Of all that cron can say it knows what we use, every n minutes and once a day; throws
 * for anything else, so that nobody adds a schedule that no monitor understands.
 */
export function periodMs(cron: string): number {
  const [minute = '', hour = '', ...rest] = cron.split(' ')
  const every = /^\*\/(\d{1,2})$/.exec(minute)?.[1]
  if (rest.join(' ') === '* * *' && every !== undefined && hour === '*') return Number(every) * MINUTE_MS
  if (rest.join(' ') === '* * *' && /^\d{1,2}$/.test(minute) && /^\d{1,2}$/.test(hour)) return DAY_MS
  throw new RangeError(`No monitor understands the schedule ${cron}.`)
}

/**
 * For how long a job may not have ended well before it is late, in milliseconds: its period, and two more of it but an hour at most. A five-minute
 * job has missed three runs by then, a nightly one is an hour behind.
 */
export const lateAfterMs = (cron: string): number => periodMs(cron) + Math.min(2 * periodMs(cron), HOUR_MS)

/**
 * What is wrong now. A job is measured by its last run that ended well, or since it is known when it has none; one that nobody has heard of is
 * late, because no schedule has ever run. Sources: the schedules themselves, and the bounds above.
 */
export function decideHealth(vitals: Vitals, now: Date): Problem[] {
  const isOlder = (since: Date | null, ms: number): boolean => since !== null && now.getTime() - since.getTime() > ms
  const late = vitals.jobs
    .filter((runs) => isLate(runs, now))
    .map(({ job }) => ({ key: `job_late:${job}`, kind: 'job_late' as const, job }))
  const others: [ProblemKind, boolean][] = [
    ['outbox_waiting', isOlder(vitals.waitingSince, WAITING_MS)],
    ['outbox_given_up', vitals.givenUpMails > MOST_GIVEN_UP || isRefused(vitals)],
    ['alert_withheld', vitals.withheldAlerts > 0],
    ['promise_given_up', vitals.givenUpOthers > 0],
    ['dead_letters', vitals.deadLetterAt !== null && !isOlder(vitals.deadLetterAt, DEAD_LETTER_MS)],
    ['payment_undecided', isOlder(vitals.undecidedSince, UNDECIDED_MS)],
  ]
  return [...late, ...others.flatMap(([kind, isSo]) => (isSo ? [{ key: kind, kind, job: null }] : []))]
}

/** Refusals are trouble of ours when more is refused than leaves; a few mistyped addresses among many are not. */
const isRefused = ({ refusedMails, sentMails }: Vitals): boolean => refusedMails > MOST_GIVEN_UP && refusedMails > sentMails

function isLate({ cron, knownSince, startedAt, succeededAt }: JobRuns, now: Date): boolean {
  const since = succeededAt ?? knownSince ?? startedAt
  return since === null || now.getTime() - since.getTime() > lateAfterMs(cron)
}
