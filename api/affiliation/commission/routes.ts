import { Hono } from 'hono'
import type { AppEnv } from '#api/http/env.ts'
import { validate } from '#api/http/validate.ts'
import { IdParam } from '#api/params.ts'
import { ListAllCommissions, listAllCommissions } from './list-all.ts'
import { ListCommissions, listOwnCommissions } from './list-own.ts'
import { showCommission } from './show-commission.ts'

export const commissionRoutes = new Hono<AppEnv>()
  .get('/affiliate/commissions', validate('query', ListCommissions), async (c) =>
    c.json(await listOwnCommissions(c.get('ctx'), c.req.valid('query')), 200),
  )
  .get('/affiliate/commissions/:id', validate('param', IdParam), async (c) =>
    c.json(await showCommission(c.get('ctx'), c.req.valid('param')), 200),
  )
  .get('/admin/commissions', validate('query', ListAllCommissions), async (c) =>
    c.json(await listAllCommissions(c.get('ctx'), c.req.valid('query')), 200),
  )
