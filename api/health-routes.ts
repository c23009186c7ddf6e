import { sql } from 'drizzle-orm'
import { Hono } from 'hono'
import { SCHEDULES } from '#api/cron.ts'
import { showHealth } from '#api/health/show-health.ts'
import type { AppEnv } from '#api/http/env.ts'

/** For machines that watch. The first tells nobody anything but whether the database answers and which version of the program does; the second tells who shows the monitor's token. */
export const healthRoutes = new Hono<AppEnv>()
  .get('/health', async (c) => {
    const { db, runtime } = c.get('ctx')
    const answers = await db
      .execute(sql`select 1`)
      .then(() => true)
      .catch(() => false)
    return c.json({ ok: answers, version: runtime.version }, answers ? 200 : 503)
  })
  .get('/health/deep', async (c) => {
    const health = await showHealth(c.get('ctx'), SCHEDULES, c.req.header('authorization') ?? null)
    return c.json(health, health.ok ? 200 : 503)
  })
