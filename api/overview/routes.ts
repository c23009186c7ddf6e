import { Hono } from 'hono'
import type { AppEnv } from '#api/http/env.ts'
import { showAffiliate } from './show-affiliate.ts'
import { showBusiness } from './show-business.ts'

/** The two dashboards, each over several aggregates: the owner's business and an affiliate's own. */
export const overviewRoutes = new Hono<AppEnv>()
  .get('/admin/overview', async (c) => c.json(await showBusiness(c.get('ctx')), 200))
  .get('/affiliate/home', async (c) => c.json(await showAffiliate(c.get('ctx')), 200))
