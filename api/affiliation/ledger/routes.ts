import { Hono } from 'hono'
import type { AppEnv } from '#api/http/env.ts'
import { validate } from '#api/http/validate.ts'
import { ListLedger, listOwnLedger } from './list-own.ts'

export const ledgerRoutes = new Hono<AppEnv>().get('/affiliate/ledger', validate('query', ListLedger), async (c) =>
  c.json(await listOwnLedger(c.get('ctx'), c.req.valid('query')), 200),
)
