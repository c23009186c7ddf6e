import { Hono } from 'hono'
import type { AppEnv } from '#api/http/env.ts'
import { validate } from '#api/http/validate.ts'
import { IdParam } from '#api/params.ts'
import { LiftMark, liftMark } from './lift-mark.ts'
import { ListPeople, listAllPeople } from './list-all.ts'
import { showMe } from './show-me.ts'

export const personRoutes = new Hono<AppEnv>()
  .get('/me', async (c) => c.json(await showMe(c.get('ctx')), 200))
  .get('/admin/people', validate('query', ListPeople), async (c) => c.json(await listAllPeople(c.get('ctx'), c.req.valid('query')), 200))
  .post('/admin/people/:id/lift-mark', validate('param', IdParam), validate('json', LiftMark), async (c) => {
    await liftMark(c.get('ctx'), { ...c.req.valid('json'), ...c.req.valid('param') })
    return c.json({ asked: true }, 202)
  })
