import { Hono } from 'hono'
import type { AppEnv } from '#api/http/env.ts'
import { listMarketplace } from './list-marketplace.ts'

export const marketplaceRoutes = new Hono<AppEnv>().get('/marketplace', async (c) => c.json(await listMarketplace(c.get('ctx')), 200))
