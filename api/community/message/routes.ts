import { Hono } from 'hono'
import { ChannelParam, ListEvents, ListMessages, PostMessage } from '#domain/community/chat.ts'
import type { AppEnv } from '#api/http/env.ts'
import { validate } from '#api/http/validate.ts'
import { listEvents } from './list-events.ts'
import { listMessages } from './list-messages.ts'
import { postMessage } from './post-message.ts'

export const messageRoutes = new Hono<AppEnv>()
  .get('/channels/:id/messages', validate('param', ChannelParam), validate('query', ListMessages), async (c) =>
    c.json(await listMessages(c.get('ctx'), { channelId: c.req.valid('param').id, ...c.req.valid('query') }), 200),
  )
  .post('/channels/:id/messages', validate('param', ChannelParam), validate('json', PostMessage), async (c) =>
    c.json(await postMessage(c.get('ctx'), { channelId: c.req.valid('param').id, ...c.req.valid('json') }), 201),
  )
  .get('/channels/:id/events', validate('param', ChannelParam), validate('query', ListEvents), async (c) =>
    c.json(await listEvents(c.get('ctx'), { channelId: c.req.valid('param').id, ...c.req.valid('query') }), 200),
  )
