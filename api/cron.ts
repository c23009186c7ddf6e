import type { heartbeats } from '#db/schema/all.ts'
import type { Ctx, Services } from './context.ts'
import { matureCommissions } from './affiliation/commission/mature-commissions.ts'
import { beatStatement } from './health/heartbeat.ts'
import type { Schedules } from './health/load-vitals.ts'
import { watchHealth } from './health/watch-health.ts'
import { releaseWithheld } from './identity/email/statements.ts'
import { briefOf, log } from './log.ts'
import { drainAll } from './outbox/drain-all.ts'
import { reconcilePayments } from './selling/payment/reconcile-payments.ts'
import { purgeExpired } from './purge-expired.ts'

type Job = (ctx: Ctx) => Promise<Record<string, unknown>>

const FIVE_MINUTES = '*/5 * * * *'
const NIGHTLY = '15 3 * * *'

/** Which job runs when. Each job is right when it runs never, twice, late or alongside itself; `wrangler.toml` names the same schedules. */
export const CRONS: Readonly<Record<string, Readonly<Record<string, Job>>>> = {
  [FIVE_MINUTES]: {
    // First, so that the drain after it sends what it tells.
    'watch-health': (ctx) => watchHealth(ctx, SCHEDULES),
    'mature-commissions': matureCommissions,
    'drain-outbox': async (ctx) => {
      // What was withheld in the very moment in which its mark went.
      await releaseWithheld(ctx)
      return drainAll(ctx)
    },
    'reconcile-payments': reconcilePayments,
  },
  [NIGHTLY]: { 'purge-expired': purgeExpired },
}

/** When each job is due: by this it is judged whether it is late. */
export const SCHEDULES: Schedules = Object.fromEntries(
  Object.entries(CRONS).flatMap(([cron, jobs]) => Object.keys(jobs).map((job) => [job, cron])),
)

/** Runs every job of a schedule at its scheduled time. One job's failure stops no other; it is told at the end, so that the platform counts it. */
export async function runCron(services: Services, cron: string, scheduledFor: Date): Promise<void> {
  const failures: unknown[] = []
  for (const [name, job] of Object.entries(CRONS[cron] ?? {})) {
    try {
      await runJob(services, name, job, scheduledFor)
    } catch (error) {
      failures.push(error)
      log(null, 'job_failed', { job: name, message: briefOf(error) })
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'A scheduled job failed.')
}

async function runJob(services: Services, name: string, job: Job, scheduledFor: Date): Promise<void> {
  const ctx: Ctx = {
    ...services,
    actor: { kind: 'job', job: name },
    now: scheduledFor,
    platform: 'WEOKTO',
    locale: 'fr',
    requestId: `cron-${name}`,
    client: { ip: null, userAgent: null, country: null, city: null },
  }
  const startedAt = services.clock()
  const beat = (values: Partial<typeof heartbeats.$inferInsert>) =>
    beatStatement(services, name, { scheduledFor, startedAt, ...values }, startedAt)
  // A run that dies without a word has begun all the same.
  await beat({})
  try {
    const result = await job(ctx)
    await beat({ ok: true, note: JSON.stringify(result).slice(0, 500), finishedAt: services.clock() })
  } catch (error) {
    await beat({ ok: false, note: briefOf(error) })
    throw error
  }
}
