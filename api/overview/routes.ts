import { Hono } from 'hono'
import { ListAllCommissions, listAllCommissions } from '#api/affiliation/commission/list-all.ts'
import { ListProducts, listProducts } from '#api/catalogue/product/list-all.ts'
import type { AppEnv } from '#api/http/env.ts'
import { validate } from '#api/http/validate.ts'
import { ListPeople, listPeople } from '#api/identity/person/list-all.ts'
import { IdParam } from '#api/params.ts'
import { ListSales, listSales } from '#api/selling/invoice/list-all.ts'
import { ListDecisions, listDecisions } from '#api/selling/payment/list-decisions.ts'
import { Resolve, resolveDiscrepancy } from '#api/selling/payment/resolve-discrepancy.ts'
import { resolveMoneyBack } from '#api/selling/payment/resolve-money-back.ts'
import { showOverview } from './show-business.ts'

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
