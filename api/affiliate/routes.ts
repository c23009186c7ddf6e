import { Hono } from 'hono'
import type { AppEnv } from '#api/http/env.ts'
import { IdParam } from '#api/http/params.ts'
import { validate } from '#api/http/validate.ts'
import { ListCommissions, listCommissions } from './list-commissions.ts'
import { ListLedger, listLedger } from './list-ledger.ts'
import { showCommission } from './show-commission.ts'
import { showHome } from './show-home.ts'

export const affiliateRoutes = new Hono<AppEnv>()
  .get('/affiliate/home', async (c) => c.json(await showHome(c.get('ctx')), 200))
  .get('/affiliate/commissions', validate('query', ListCommissions), async (c) =>
    c.json(await listCommissions(c.get('ctx'), c.req.valid('query')), 200),
  )
  .get('/affiliate/commissions/:id', validate('param', IdParam), async (c) =>
    c.json(await showCommission(c.get('ctx'), c.req.valid('param')), 200),
  )
  .get('/affiliate/ledger', validate('query', ListLedger), async (c) => c.json(await listLedger(c.get('ctx'), c.req.valid('query')), 200))
