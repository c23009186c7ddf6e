import { Hono } from 'hono'
import { readCookie } from '#api/http/cookies.ts'
import type { AppEnv } from '#api/http/env.ts'
import { validate } from '#api/http/validate.ts'
import { IdParam } from '#api/params.ts'
import { endOtherSessions } from './end-others.ts'
import { listOwnSessions } from './list-own.ts'
import { revokeSession } from './revoke-session.ts'

export const sessionRoutes = new Hono<AppEnv>()
  .get('/sessions', async (c) => c.json(await listOwnSessions(c.get('ctx')), 200))
  .delete('/sessions', async (c) => c.json(await endOtherSessions(c.get('ctx'), { checkoutSecret: readCookie(c, 'checkout') }), 200))
  .delete('/sessions/:id', validate('param', IdParam), async (c) => {
    const input = { ...c.req.valid('param'), checkoutSecret: readCookie(c, 'checkout') }
    return c.json(await revokeSession(c.get('ctx'), input), 200)
  })
