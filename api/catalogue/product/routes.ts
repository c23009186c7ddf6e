import { Hono } from 'hono'
import type { AppEnv } from '#api/http/env.ts'
import { validate } from '#api/http/validate.ts'
import { ListProducts, listAllProducts } from './list-all.ts'
import { listMarketplace } from './list-marketplace.ts'

export const productRoutes = new Hono<AppEnv>()
  .get('/marketplace', async (c) => c.json(await listMarketplace(c.get('ctx')), 200))
  .get('/admin/products', validate('query', ListProducts), async (c) =>
    c.json(await listAllProducts(c.get('ctx'), c.req.valid('query')), 200),
  )
