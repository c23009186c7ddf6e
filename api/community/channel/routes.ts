import { Hono } from 'hono'
import * as z from 'zod/mini'
import { channelParam, listEventsInput, listMessagesInput, markReadInput, postMessageInput } from '#domain/community/chat.ts'
import { listCommunities } from '#api/community/community/list-own.ts'
import { showCommunity } from '#api/community/community/show-community.ts'
import { listEvents } from '#api/community/message/list-events.ts'
import { listMessages } from '#api/community/message/list-messages.ts'
import { postMessage } from '#api/community/message/post-message.ts'
import type { AppEnv } from '#api/http/env.ts'
import { validate } from '#api/http/validate.ts'
import { markRead } from './mark-read.ts'
import { openTicket } from './open-ticket.ts'

const slugParam = z.object({ slug: z.string().check(z.regex(/^[a-z0-9-]{1,80}$/)) })

export const chatRoutes = new Hono<AppEnv>()
  .get('/communities', async (c) => c.json(await listCommunities(c.get('ctx')), 200))
  .get('/communities/:slug', validate('param', slugParam), async (c) =>
    c.json(await showCommunity(c.get('ctx'), c.req.valid('param')), 200),
  )
  .get('/channels/:id/messages', validate('param', channelParam), validate('query', listMessagesInput), async (c) =>
    c.json(await listMessages(c.get('ctx'), { channelId: c.req.valid('param').id, ...c.req.valid('query') }), 200),
  )
  .post('/channels/:id/messages', validate('param', channelParam), validate('json', postMessageInput), async (c) =>
    c.json(await postMessage(c.get('ctx'), { channelId: c.req.valid('param').id, ...c.req.valid('json') }), 201),
  )
  .get('/channels/:id/events', validate('param', channelParam), validate('query', listEventsInput), async (c) =>
    c.json(await listEvents(c.get('ctx'), { channelId: c.req.valid('param').id, ...c.req.valid('query') }), 200),
  )
  .post('/channels/:id/ticket', validate('param', channelParam), async (c) =>
    c.json(await openTicket(c.get('ctx'), { channelId: c.req.valid('param').id }), 200),
  )
  .post('/channels/:id/read', validate('param', channelParam), validate('json', markReadInput), async (c) =>
    c.json(await markRead(c.get('ctx'), { channelId: c.req.valid('param').id, ...c.req.valid('json') }), 200),
  )
