import { Hono } from 'hono'
import type { AppEnv } from '#api/http/env.ts'
import { showPurchases } from './show-purchases.ts'

export const subscriptionRoutes = new Hono<AppEnv>().get('/account', async (c) => c.json(await showPurchases(c.get('ctx')), 200))
