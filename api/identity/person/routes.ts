import { Hono } from 'hono'
import type { AppEnv } from '#api/http/env.ts'
import { showMe } from './show-me.ts'

export const meRoutes = new Hono<AppEnv>().get('/me', (c) => c.json(showMe(c.get('ctx')), 200))
