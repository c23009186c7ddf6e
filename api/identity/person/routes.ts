import { Hono } from 'hono'
import type { AppEnv } from '#api/http/env.ts'
import { validate } from '#api/http/validate.ts'
import { ListPeople, listAllPeople } from './list-all.ts'
import { showMe } from './show-me.ts'

export const personRoutes = new Hono<AppEnv>()
  .get('/me', (c) => c.json(showMe(c.get('ctx')), 200))
  .get('/admin/people', validate('query', ListPeople), async (c) => c.json(await listAllPeople(c.get('ctx'), c.req.valid('query')), 200))
