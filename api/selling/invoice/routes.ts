import { Hono } from 'hono'
import type { AppEnv } from '#api/http/env.ts'
import { validate } from '#api/http/validate.ts'
import { ListAllInvoices, listAllInvoices } from './list-all.ts'

export const invoiceRoutes = new Hono<AppEnv>().get('/admin/sales', validate('query', ListAllInvoices), async (c) =>
  c.json(await listAllInvoices(c.get('ctx'), c.req.valid('query')), 200),
)
