import { Hono } from 'hono'
import type { AppEnv } from '#api/http/env.ts'
import { IdParam } from '#api/http/params.ts'
import { validate } from '#api/http/validate.ts'
import { listSessions } from './list-sessions.ts'
import { revokeSession } from './revoke-session.ts'

export const sessionRoutes = new Hono<AppEnv>()
  .get('/sessions', async (c) => c.json(await listSessions(c.get('ctx')), 200))
  .delete('/sessions/:id', validate('param', IdParam), async (c) => c.json(await revokeSession(c.get('ctx'), c.req.valid('param')), 200))
