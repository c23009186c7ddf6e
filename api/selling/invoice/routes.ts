import { Hono } from 'hono'
import type { AppEnv } from '#api/http/env.ts'
import { validate } from '#api/http/validate.ts'
import { ListSales, listSales } from './list-all.ts'

export const invoiceRoutes = new Hono<AppEnv>().get('/admin/sales', validate('query', ListSales), async (c) =>
  c.json(await listSales(c.get('ctx'), c.req.valid('query')), 200),
)
