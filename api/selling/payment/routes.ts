import { Hono } from 'hono'
import type { AppEnv } from '#api/http/env.ts'
import { validate } from '#api/http/validate.ts'
import { IdParam } from '#api/params.ts'
import { Resolve, resolveDiscrepancy } from './resolve-discrepancy.ts'
import { resolveMoneyBack } from './resolve-money-back.ts'

export const paymentRoutes = new Hono<AppEnv>()
  .post('/admin/money-back/:id/resolve', validate('param', IdParam), validate('json', Resolve), async (c) => {
    await resolveMoneyBack(c.get('ctx'), { ...c.req.valid('param'), ...c.req.valid('json') })
    return c.json({ resolved: true as const }, 200)
  })
  .post('/admin/discrepancies/:id/resolve', validate('param', IdParam), validate('json', Resolve), async (c) => {
    await resolveDiscrepancy(c.get('ctx'), { ...c.req.valid('param'), ...c.req.valid('json') })
    return c.json({ resolved: true as const }, 200)
  })
