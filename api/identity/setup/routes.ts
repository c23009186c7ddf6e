import { Hono } from 'hono'
import { OpenBusiness } from '#domain/identity/setup.ts'
import type { AppEnv } from '#api/http/env.ts'
import { validate } from '#api/http/validate.ts'
import { openBusiness } from './open-business.ts'
import { showSetup } from './show-setup.ts'

export const setupRoutes = new Hono<AppEnv>()
  .get('/setup', async (c) => c.json(await showSetup(c.get('ctx')), 200))
  .post('/setup', validate('json', OpenBusiness), async (c) => {
    await openBusiness(c.get('ctx'), c.req.valid('json'))
    return c.json({ opened: true as const }, 201)
  })
