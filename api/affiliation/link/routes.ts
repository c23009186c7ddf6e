import { Hono } from 'hono'
import { ChangeLink, CreateLink } from '#domain/affiliation/link.ts'
import type { AppEnv } from '#api/http/env.ts'
import { validate } from '#api/http/validate.ts'
import { IdParam } from '#api/params.ts'
import { changeLink } from './change-link.ts'
import { createLink } from './create-link.ts'
import { ListLinks, listOwnLinks } from './list-own.ts'

export const linkRoutes = new Hono<AppEnv>()
  .get('/links', validate('query', ListLinks), async (c) => c.json(await listOwnLinks(c.get('ctx'), c.req.valid('query')), 200))
  .post('/links', validate('json', CreateLink), async (c) => c.json(await createLink(c.get('ctx'), c.req.valid('json')), 201))
  .patch('/links/:id', validate('param', IdParam), validate('json', ChangeLink), async (c) =>
    c.json(await changeLink(c.get('ctx'), { ...c.req.valid('json'), ...c.req.valid('param') }), 200),
  )
