import { Hono } from 'hono'
import { ChannelParam, MarkRead } from '#domain/community/chat.ts'
import type { AppEnv } from '#api/http/env.ts'
import { validate } from '#api/http/validate.ts'
import { markRead } from './mark-read.ts'
import { openTicket } from './open-ticket.ts'

export const channelRoutes = new Hono<AppEnv>()
  .post('/channels/:id/ticket', validate('param', ChannelParam), async (c) =>
    c.json(await openTicket(c.get('ctx'), { channelId: c.req.valid('param').id }), 200),
  )
  .post('/channels/:id/read', validate('param', ChannelParam), validate('json', MarkRead), async (c) =>
    c.json(await markRead(c.get('ctx'), { channelId: c.req.valid('param').id, ...c.req.valid('json') }), 200),
  )
