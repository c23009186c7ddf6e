import { Hono } from 'hono'
import type { AppEnv } from '#api/http/env.ts'
import { validate } from '#api/http/validate.ts'
import { IdParam } from '#api/params.ts'
import { showProfile } from './show-profile.ts'

export const profileRoutes = new Hono<AppEnv>().get('/admin/affiliates/:id', validate('param', IdParam), async (c) =>
  c.json(await showProfile(c.get('ctx'), c.req.valid('param')), 200),
)
