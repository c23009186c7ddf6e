import { Hono } from 'hono'
import type { AppEnv } from '#api/http/env.ts'
import { listOpenCommunities } from './list-open.ts'

export const showcaseRoutes = new Hono<AppEnv>().get('/showcase', async (c) => c.json(await listOpenCommunities(c.get('ctx')), 200))
