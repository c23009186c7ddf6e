import { decideHealth, lateAfterMs, type Vitals } from '#domain/base/health.ts'
import { AppError } from '#domain/error.ts'
import type { Ctx } from '#api/context.ts'
import { sameHash, sha256Hex } from '#api/crypto.ts'
import { loadVitals, type Schedules } from './load-vitals.ts'

/** What stands still and how old everything is, for a monitor that shows its token. Not ok when anything is: a monitor needs to read no further. */
export async function showHealth(ctx: Ctx, schedules: Schedules, authorization: string | null) {
  await requireMonitor(ctx, authorization)
  const vitals = await loadVitals(ctx, schedules)
  const problems = decideHealth(vitals, ctx.now).map(({ key }) => key)
  return { ok: problems.length === 0, problems, ...viewVitals(vitals, ctx.now) }
}

/** Hashes are compared, in constant time, so that neither length nor likeness of a wrong token shows. */
async function requireMonitor({ config }: Ctx, authorization: string | null): Promise<void> {
  const token = /^Bearer ([\x21-\x7e]{1,200})$/.exec(authorization ?? '')?.[1]
  if (token === undefined) throw new AppError('unauthorized')
  if (!sameHash(await sha256Hex(token), await sha256Hex(config.MONITOR_TOKEN))) throw new AppError('forbidden')
}

function viewVitals({ jobs, ...others }: Vitals, now: Date) {
  const { givenUpMails, refusedMails, sentMails, withheldAlerts, givenUpOthers } = others
  const ageSeconds = (at: Date | null) => (at === null ? null : Math.max(0, Math.round((now.getTime() - at.getTime()) / 1000)))
  return {
    jobs: jobs.map(({ job, cron, startedAt, succeededAt }) => ({
      job,
      startedSecondsAgo: ageSeconds(startedAt),
      endedWellSecondsAgo: ageSeconds(succeededAt),
      lateAfterSeconds: lateAfterMs(cron) / 1000,
    })),
    outbox: { oldestWaitsSeconds: ageSeconds(others.waitingSince), givenUpMails, refusedMails, sentMails, withheldAlerts, givenUpOthers },
    deadLetterSecondsAgo: ageSeconds(others.deadLetterAt),
    oldestUndecidedPaymentSeconds: ageSeconds(others.undecidedSince),
  }
}
