import { Hono } from 'hono'
import type { AppEnv } from '#api/http/env.ts'
import { validate } from '#api/http/validate.ts'
import { ListDecisions, listDecisions } from './list-decisions.ts'
import { showAccount } from './show-account.ts'
import { showAffiliate } from './show-affiliate.ts'
import { showBusiness } from './show-business.ts'

/** The dashboards, each over several aggregates: the owner's business and what waits there, an affiliate's own, a client's account. */
export const overviewRoutes = new Hono<AppEnv>()
  .get('/admin/overview', async (c) => c.json(await showBusiness(c.get('ctx')), 200))
  .get('/affiliate/home', async (c) => c.json(await showAffiliate(c.get('ctx')), 200))
  .get('/admin/decisions', validate('query', ListDecisions), async (c) =>
    c.json(await listDecisions(c.get('ctx'), c.req.valid('query')), 200),
  )
  .get('/account', async (c) => c.json(await showAccount(c.get('ctx')), 200))
