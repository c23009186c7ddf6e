import { Hono } from 'hono'
import type { AppEnv } from '#api/http/env.ts'
import { listGuilds } from './list-guilds.ts'

export const guildRoutes = new Hono<AppEnv>().get('/guilds', async (c) => c.json(await listGuilds(c.get('ctx')), 200))
