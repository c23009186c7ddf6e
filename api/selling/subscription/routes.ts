import { Hono } from 'hono'
import type { AppEnv } from '#api/http/env.ts'
import { showAccount } from './list-own.ts'

export const accountRoutes = new Hono<AppEnv>().get('/account', async (c) => c.json(await showAccount(c.get('ctx')), 200))
