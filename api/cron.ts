import { heartbeats } from '#db/schema/all.ts'
import type { Ctx, Services } from './context.ts'
import { matureCommissions } from './affiliation/commission/mature-commissions.ts'
import { briefOf, log } from './log.ts'
import { drainAll } from './outbox/drain-all.ts'
import { reconcilePayments } from './selling/payment/reconcile-payments.ts'
import { purgeExpired } from './purge-expired.ts'

type Job = (ctx: Ctx) => Promise<Record<string, unknown>>

const FIVE_MINUTES = '*/5 * * * *'
const NIGHTLY = '15 3 * * *'

/** Which job runs when. Each job is right when it runs never, twice, late or alongside itself; `wrangler.toml` names the same schedules. */
export const CRONS: Readonly<Record<string, Readonly<Record<string, Job>>>> = {
  [FIVE_MINUTES]: { 'mature-commissions': matureCommissions, 'drain-outbox': drainAll, 'reconcile-payments': reconcilePayments },
  [NIGHTLY]: { 'purge-expired': purgeExpired },
}

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
  const write = (values: { ok: boolean; note: string; finishedAt: Date | null }) => {
    const row = { job: name, scheduledFor, startedAt, ...values }
    return services.db.insert(heartbeats).values(row).onConflictDoUpdate({ target: heartbeats.job, set: row })
  }
  try {
    const result = await job(ctx)
    await write({ ok: true, note: JSON.stringify(result).slice(0, 500), finishedAt: services.clock() })
  } catch (error) {
    await write({ ok: false, note: briefOf(error), finishedAt: null })
    throw error
  }
}
