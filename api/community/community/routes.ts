import { Hono } from 'hono'
import * as z from 'zod/mini'
import type { AppEnv } from '#api/http/env.ts'
import { validate } from '#api/http/validate.ts'
import { listGuilds } from './list-guilds.ts'
import { listOpenCommunities } from './list-open.ts'
import { listOwnCommunities } from './list-own.ts'
import { showCommunity } from './show-community.ts'

const slugParam = z.object({ slug: z.string().check(z.regex(/^[a-z0-9-]{1,80}$/)) })

export const communityRoutes = new Hono<AppEnv>()
  .get('/communities', async (c) => c.json(await listOwnCommunities(c.get('ctx')), 200))
  .get('/communities/:slug', validate('param', slugParam), async (c) =>
    c.json(await showCommunity(c.get('ctx'), c.req.valid('param')), 200),
  )
  .get('/guilds', async (c) => c.json(await listGuilds(c.get('ctx')), 200))
  .get('/showcase', async (c) => c.json(await listOpenCommunities(c.get('ctx')), 200))
