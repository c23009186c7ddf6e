import { Hono } from 'hono'
import { serialize } from 'hono/utils/cookie'
import { clientOf } from '#api/http/client.ts'
import type { AppEnv } from '#api/http/env.ts'
import { MAX_URL_CHARACTERS } from '#api/http/body-guard.ts'
import { siteOf } from '#api/http/site.ts'
import { findPan } from '#domain/pan.ts'
import { redirect } from './redirect.ts'

/**
 * The one route that does not pass through the app's chain: a click must cost next to nothing. Whatever it would not answer at once (a
 * foreign host, an overlong address, a card number in the query) goes on down the chain, which refuses it as everywhere.
 */
export const clickRoutes = new Hono<AppEnv>().get('/r/:code', async (c, next) => {
  const { services, edge } = c.env
  const url = new URL(c.req.url)
  ...
})
