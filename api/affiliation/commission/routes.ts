import { Hono } from 'hono'
import { ListLedger, listLedger } from '#api/affiliation/ledger/list-own.ts'
import type { AppEnv } from '#api/http/env.ts'
import { validate } from '#api/http/validate.ts'
import { showHome } from '#api/overview/show-affiliate.ts'
import { IdParam } from '#api/params.ts'
import { ListCommissions, listCommissions } from './list-own.ts'
import { showCommission } from './show-commission.ts'

export const affiliateRoutes = new Hono<AppEnv>()
  .get('/affiliate/home', async (c) => c.json(await showHome(c.get('ctx')), 200))
  .get('/affiliate/commissions', validate('query', ListCommissions), async (c) =>
    c.json(await listCommissions(c.get('ctx'), c.req.valid('query')), 200),
  )
  .get('/affiliate/commissions/:id', validate('param', IdParam), async (c) =>
    c.json(await showCommission(c.get('ctx'), c.req.valid('param')), 200),
  )
  .get('/affiliate/ledger', validate('query', ListLedger), async (c) => c.json(await listLedger(c.get('ctx'), c.req.valid('query')), 200))
