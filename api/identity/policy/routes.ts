import { Hono } from 'hono'
import type { AppEnv } from '#api/http/env.ts'
import { showPolicy } from './show-policy.ts'

/** The same for everybody: a browser may keep it for a minute, which is how late a new version shows on a page. */
const KEPT = { 'cache-control': 'public, max-age=60' }

export const policyRoutes = new Hono<AppEnv>().get('/policy', async (c) => c.json(await showPolicy(c.get('ctx')), 200, KEPT))
