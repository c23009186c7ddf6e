import { sql } from 'drizzle-orm'
import { heartbeats, outbox, paymentAttempts } from '#db/schema/all.ts'
import type { JobRuns, Vitals } from '#domain/base/health.ts'
import { OPEN_ATTEMPTS } from '#domain/selling/enums.ts'
import type { Ctx } from '#api/context.ts'
import { COMPOSED_KINDS, OWNERS_KINDS } from '#api/outbox/enqueue.ts'
import { DEAD_LETTERS } from './heartbeat.ts'

/** The schedule of each job. */
export type Schedules = Readonly<Record<string, string>>

const MAIL_KINDS = ['mail', 'batch', ...COMPOSED_KINDS]
/** A batch is only how mails travel. */
const MAILS = sql`kind in ${MAIL_KINDS} and kind <> 'batch'`

interface Sending extends Record<string, unknown> {
  waitingSince: string | null
  givenUpMails: number
  refusedMails: number
  withheldAlerts: number
  givenUpOthers: number
}

const instantOf = (column: string) => sql.raw(`to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`)

/**
 * One round trip. What was never tried waits since it was due; what was tried or held back, since it was promised. What goes together is counted by its mails: a batch is only how they travel.
 */
export async function loadVitals({ db, now }: Pick<Ctx, 'db' | 'now'>, schedules: Schedules): Promise<Vitals> {
  const dayAgo = new Date(now.getTime() - 86_400_000).toISOString()
  const given = sql`${MAILS} and "withheldAt" is null and "failedAt" > ${dayAgo}::timestamp`
  const [beats, sending, sent, undecided] = await db.batch([
    db.select().from(heartbeats),
    db.execute<Sending>(sql`
      select ${instantOf(`min(case when attempts = 0 and "batchId" is null and "lastError" is null then "nextAttemptAt" else "createdAt" end)
          filter (where "failedAt" is null and kind <> 'batch' and "withheldAt" is null)`)} as "waitingSince",
        (count(*) filter (where ${given} and attempts > 1))::int as "givenUpMails",
        (count(*) filter (where ${given} and attempts <= 1))::int as "refusedMails",
        (count(*) filter (where kind in ${OWNERS_KINDS} and "failedAt" is null and "withheldAt" is not null))::int as "withheldAlerts",
        (count(*) filter (where kind not in ${MAIL_KINDS} and "failedAt" is not null))::int as "givenUpOthers"
      from ${outbox} where "sentAt" is null`),
    db.execute<{ mails: number }>(sql`select count(*)::int as mails from ${outbox} where "sentAt" > ${dayAgo}::timestamp and ${MAILS}`),
    db.execute<{ since: string | null }>(sql`
      select ${instantOf('min("createdAt")')} as since from ${paymentAttempts} where status in ${OPEN_ATTEMPTS}`),
  ])
  const [row] = sending.rows
  return {
    jobs: Object.entries(schedules).map(([job, cron]) => runsOf(job, cron, beats)),
    waitingSince: dateOf(row?.waitingSince),
    givenUpMails: row?.givenUpMails ?? 0,
    refusedMails: row?.refusedMails ?? 0,
    sentMails: sent.rows[0]?.mails ?? 0,
    withheldAlerts: row?.withheldAlerts ?? 0,
    givenUpOthers: row?.givenUpOthers ?? 0,
    deadLetterAt: beats.find(({ job }) => job === DEAD_LETTERS)?.finishedAt ?? null,
    undecidedSince: dateOf(undecided.rows[0]?.since),
  }
}

function runsOf(job: string, cron: string, beats: readonly (typeof heartbeats.$inferSelect)[]): JobRuns {
  const beat = beats.find((one) => one.job === job)
  return {
    job,
    cron,
    knownSince: beat?.knownSince ?? null,
    startedAt: beat?.startedAt ?? null,
    succeededAt: beat?.finishedAt ?? null,
  }
}

const dateOf = (text: string | null | undefined): Date | null => (text ? new Date(text) : null)
