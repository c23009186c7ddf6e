import { sql } from 'drizzle-orm'
import { Hono } from 'hono'
import type { AppEnv } from '#api/http/env.ts'

/** For machines that watch: 200 while the database answers. It tells nothing else but which version answers. */
export const healthRoutes = new Hono<AppEnv>().get('/health', async (c) => {
  const { db, runtime } = c.get('ctx')
  const answers = await db
    .execute(sql`select 1`)
    .then(() => true)
    .catch(() => false)
  return c.json({ ok: answers, version: runtime.version }, answers ? 200 : 503)
})
