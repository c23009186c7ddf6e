import { Hono } from 'hono'
import type { AppEnv } from '#api/http/env.ts'
import { IdParam } from '#api/http/params.ts'
import { validate } from '#api/http/validate.ts'
import { ListDecisions, listDecisions } from './decisions.ts'
import { ListAllCommissions, listAllCommissions } from './list-commissions.ts'
import { ListPeople, listPeople } from './list-people.ts'
import { ListProducts, listProducts } from './list-products.ts'
import { ListSales, listSales } from './list-sales.ts'
import { Resolve, resolveDiscrepancy } from './resolve-discrepancy.ts'
import { resolveMoneyBack } from './resolve-money-back.ts'
import { showOverview } from './show-overview.ts'

export const adminRoutes = new Hono<AppEnv>()
  .get('/admin/overview', async (c) => c.json(await showOverview(c.get('ctx')), 200))
  .get('/admin/decisions', validate('query', ListDecisions), async (c) =>
    c.json(await listDecisions(c.get('ctx'), c.req.valid('query')), 200),
  )
  .post('/admin/money-back/:id/resolve', validate('param', IdParam), validate('json', Resolve), async (c) => {
    await resolveMoneyBack(c.get('ctx'), { ...c.req.valid('param'), ...c.req.valid('json') })
    return c.json({ resolved: true as const }, 200)
  })
  .post('/admin/discrepancies/:id/resolve', validate('param', IdParam), validate('json', Resolve), async (c) => {
    await resolveDiscrepancy(c.get('ctx'), { ...c.req.valid('param'), ...c.req.valid('json') })
    return c.json({ resolved: true as const }, 200)
  })
  .get('/admin/sales', validate('query', ListSales), async (c) => c.json(await listSales(c.get('ctx'), c.req.valid('query')), 200))
  .get('/admin/commissions', validate('query', ListAllCommissions), async (c) =>
    c.json(await listAllCommissions(c.get('ctx'), c.req.valid('query')), 200),
  )
  .get('/admin/people', validate('query', ListPeople), async (c) => c.json(await listPeople(c.get('ctx'), c.req.valid('query')), 200))
  .get('/admin/products', validate('query', ListProducts), async (c) => c.json(await listProducts(c.get('ctx'), c.req.valid('query')), 200))
