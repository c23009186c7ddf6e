import { inArray } from 'drizzle-orm'
import { must, reloading } from '#db/client.ts'
import { healthProblems, heartbeats } from '#db/schema/all.ts'
import { decideHealth } from '#domain/base/health.ts'
import type { Ctx } from '#api/context.ts'
import { outboxStatement } from '#api/outbox/enqueue.ts'
import type { HealthAlert } from './health-alert.ts'
import { loadVitals, type Schedules } from './load-vitals.ts'

interface Watched extends Record<string, number> {
  problems: number
  begun: number
  over: number
}

/**
 * Every five minutes: tells the owners once of each problem that has begun and once when it is over, however often it looks meanwhile; what begins
 * or ends together is one mail. By the clock that is, whatever time the schedule was meant for: it is about now.
 */
export async function watchHealth(ctx: Ctx, schedules: Schedules): Promise<Watched> {
  const now = ctx.clock()
  await ctx.db
    .insert(heartbeats)
    .values(Object.keys(schedules).map((job) => ({ job, knownSince: now })))
    .onConflictDoNothing()
  return reloading(() => watchOnce({ ...ctx, now }, schedules))
}

async function watchOnce(ctx: Ctx, schedules: Schedules): Promise<Watched> {
  const [vitals, told] = await Promise.all([loadVitals(ctx, schedules), ctx.db.select().from(healthProblems)])
  const keys = decideHealth(vitals, ctx.now).map(({ key }) => key)
  const begun = keys.filter((key) => !told.some((one) => one.key === key))
  const over = told.map(({ key }) => key).filter((key) => !keys.includes(key))
  const statements = [...beginStatements(ctx, begun), ...endStatements(ctx, over)]
  const [first, ...others] = statements
  if (first) await ctx.db.batch([first, ...others])
  return { problems: keys.length, begun: begun.length, over: over.length }
}

/** That it is told and that it was told are one transaction: of two who look at once the second finds the rows changed, writes nothing and looks again. */
function beginStatements({ db, ...ctx }: Ctx, keys: string[]) {
  if (keys.length === 0) return []
  const rows = db
    .insert(healthProblems)
    .values(keys.map((key) => ({ key, since: ctx.now })))
    .onConflictDoNothing()
  return [must(db, 'health_begun', rows, keys.length), alertStatement({ db, ...ctx }, { keys, isOver: false })]
}

function endStatements(ctx: Ctx, keys: string[]) {
  if (keys.length === 0) return []
  const rows = ctx.db.delete(healthProblems).where(inArray(healthProblems.key, keys))
  return [must(ctx.db, 'health_over', rows, keys.length), alertStatement(ctx, { keys, isOver: true })]
}

function alertStatement(ctx: Ctx, said: Omit<HealthAlert, 'at'>) {
  const alert: HealthAlert = { ...said, at: ctx.now.getTime() }
  return outboxStatement(ctx, { kind: 'health-alert', payload: JSON.stringify(alert), dedupeKey: `health-alert:${ctx.newId()}` })
}
