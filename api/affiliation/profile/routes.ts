import { Hono } from 'hono'
import { WriteNote } from '#domain/affiliation/note.ts'
import type { AppEnv } from '#api/http/env.ts'
import { validate } from '#api/http/validate.ts'
import { IdParam } from '#api/params.ts'
import { showNote } from './show-note.ts'
import { showProfile } from './show-profile.ts'
import { writeNote } from './write-note.ts'

export const profileRoutes = new Hono<AppEnv>()
  .get('/admin/affiliates/:id', validate('param', IdParam), async (c) => c.json(await showProfile(c.get('ctx'), c.req.valid('param')), 200))
  .get('/admin/affiliates/:id/note', validate('param', IdParam), async (c) =>
    c.json(await showNote(c.get('ctx'), c.req.valid('param')), 200),
  )
  .put('/admin/affiliates/:id/note', validate('param', IdParam), validate('json', WriteNote), async (c) =>
    c.json(await writeNote(c.get('ctx'), { ...c.req.valid('param'), ...c.req.valid('json') }), 200),
  )
