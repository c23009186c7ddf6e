import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { USER_AGENT } from '#domain/base/user-agent.ts'
import { Person, request } from '#dev/http-client.ts'
import { listen, type Listener } from '#dev/stand-ins/shared/listener.ts'
import { startEdge, type WorkerEdge } from './edge.ts'
import { ROOT } from './root.ts'

let t: TestDatabase
let edge: WorkerEdge
let provider: Listener
beforeAll(async () => {
  t = await testDatabase()
  provider = await listen()
  // Both names of one site, as in production.
  edge = await startEdge({ ...t, environment: { EMAIL_BASE_URL: provider.url, STAM_HOSTS: 'stam.localhost,www.stam.localhost' } })
})
afterAll(async () => {
  await edge.stop()
  await provider.stop()
  await t.close()
})

test('the Worker tells its two sites apart by host and refuses a stranger', async () => {
  const statuses = await Promise.all(
    [edge.weokto, edge.stam, edge.weokto.replace('weokto.', 'other.')].map(async (origin) => (await request(`${origin}/api/me`)).status),
  )
  expect(statuses).toEqual([200, 200, 421])
})

test('the Worker says which version of it answers', async () => {
  expect(await (await request(`${edge.stam}/api/health`)).json()).toEqual({ ok: true, version: expect.stringMatching(/^[0-9a-f-]{36}$/) })
})

test('a person sends their own Origin, and a foreign one is refused', async () => {
  const person = new Person(edge.weokto)
  expect((await person.post('/api/sign-out', {})).status).toBeLessThan(300)
  expect((await person.post('/api/sign-out', {}, { headers: { origin: edge.stam } })).status).toBe(403)
})

// A Worker has no name of its own; the local runtime lends it Node's on the way out, so that a missing one is seen here as another one.
test('the Worker names us to whoever it asks', async () => {
  expect((await new Person(edge.stam).post('/api/sign-in', { email: 'named@people.test' })).status).toBe(202)
  const asked = await provider.nth(1, 10_000)
  expect([asked.path, asked.headers['user-agent']]).toEqual(['/emails', USER_AGENT])
})

test('a schedule runs at the time it is given and leaves its heartbeat', async () => {
  const time = new Date('2031-05-06T07:10:00Z')
  await edge.fire('*/5 * * * *', time)
  const heartbeats = await t.admin<{ scheduledFor: Date; ok: boolean }>(
    `SELECT "scheduledFor"::timestamptz, ok FROM heartbeats WHERE "startedAt" IS NOT NULL`,
  )
  expect(heartbeats.length).toBeGreaterThan(0)
  expect(heartbeats.every((heartbeat) => heartbeat.ok && heartbeat.scheduledFor.getTime() === time.getTime())).toBe(true)
})

test('a file is served without the Worker, and a miss beside it by the Worker, which keeps nothing for ever', async () => {
  const [file = ''] = readdirSync(join(ROOT, 'dist/web/assets'))
  const there = await request(`${edge.stam}/assets/${file}`)
  expect([there.status, there.headers.get('x-request-id')]).toEqual([200, null])
  for (const path of ['/assets/nothing-here.js', '/nothing-here.js']) {
    const miss = await request(edge.stam + path)
    expect([miss.status, miss.headers.get('cache-control'), miss.headers.has('x-request-id')]).toEqual([404, 'no-store', true])
  }
})

test('a built file is kept for ever, under its own type, and is no other site’s to load; a miss beside it has none of that', async () => {
  const files = readdirSync(join(ROOT, 'dist/web/assets'))
  for (const ending of ['.js', '.css', '.woff2']) {
    const file = files.find((name) => name.endsWith(ending))
    const { status, headers } = await request(`${edge.stam}/assets/${file}`)
    const said = ['cache-control', 'x-content-type-options', 'cross-origin-resource-policy'].map((name) => headers.get(name))
    expect([ending, status, ...said]).toEqual([ending, 200, 'public, max-age=31536000, immutable', 'nosniff', 'same-origin'])
    expect(headers.get('access-control-allow-origin')).toBeNull()
    const again = await request(`${edge.stam}/assets/${file}`, { headers: { 'if-none-match': headers.get('etag') ?? '' } })
    expect(again.status).toBe(304)
  }
  for (const method of ['GET', 'HEAD']) {
    const miss = await request(`${edge.stam}/assets/nothing-here-00000000.css`, { method })
    expect([miss.status, miss.headers.get('cache-control')]).toEqual([404, 'no-store'])
  }
})

test('pay.js may be loaded by a page of any origin, and a change of it arrives within minutes', async () => {
  const { status, headers } = await request(`${edge.stam}/pay.js`, { headers: { origin: 'https://shop.example' } })
  expect([status, headers.get('cache-control'), headers.get('x-content-type-options')]).toEqual([200, 'public, max-age=300', 'nosniff'])
  expect([headers.get('cross-origin-resource-policy'), headers.get('access-control-allow-origin')]).toEqual(['cross-origin', '*'])
  expect(headers.get('content-type')).toMatch(/^text\/javascript/)
})

test('the list of headers and the stamp of the build are no pages', async () => {
  for (const path of ['/_headers', '/.built']) {
    const answer = await request(edge.stam + path, { headers: { accept: 'text/html' } })
    expect([path, answer.headers.get('content-type'), (await answer.text()).includes('immutable')]).toEqual([
      path,
      'text/html; charset=utf-8',
      false,
    ])
  }
})

test('a path below /assets/ or /r/ that holds a card number is refused, and no line of it is logged', async () => {
  const paths = [
    '/assets/4242424242424242.js',
    '/assets/x.js?q=4242%204242%204242%204242',
    '/r/4242424242424242',
    '/r/demo?sub=4242424242424242',
  ]
  const before = edge.logs().length
  expect(await Promise.all(paths.map(async (path) => (await request(edge.stam + path)).status))).toEqual(paths.map(() => 422))
  expect(edge.logs().slice(before).join('\n')).not.toMatch(/4242/)
})

const HTML = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }

test('an address that is no page of the site says so in its status, in HTML, and keeps the site’s frame', async () => {
  for (const [origin, path] of [
    [edge.weokto, '/nowhere'],
    [edge.weokto, '/c/somebodys-community'],
    [edge.stam, '/how'],
    [edge.stam, '/account/nowhere'],
    [edge.stam, '/index.html'],
    [edge.stam, '/stam/pages.json'],
  ] as const) {
    for (const headers of [HTML, { accept: '*/*' }, { ...HTML, 'if-none-match': '*' }]) {
      const answer = await request(origin + path, { headers })
      const said = ['content-type', 'cache-control', 'x-robots-tag', 'etag'].map((name) => answer.headers.get(name))
      expect([path, answer.status, ...said]).toEqual([path, 404, 'text/html; charset=utf-8', 'no-store', 'noindex', null])
      expect(await answer.text()).toContain('<div id="app">')
    }
    expect((await request(origin + path, { method: 'HEAD' })).status).toBe(404)
  }
})

test('every page of the routers is there; only the public ones are shown to robots', async () => {
  const statusOf = async (origin: string, path: string) => {
    const { status, headers } = await request(origin + path, { headers: HTML })
    return [path, status, headers.get('x-robots-tag')]
  }
  for (const path of ['/', '/how', '/how/', '/guilds?x=1']) expect(await statusOf(edge.weokto, path)).toEqual([path, 200, null])
  for (const path of ['/admin/people', '/commissions/abc', '/communities/a/b', '/sign-in/confirm', '/account'])
    expect(await statusOf(edge.weokto, path)).toEqual([path, 200, 'noindex'])
  expect(await statusOf(edge.stam, '/')).toEqual(['/', 200, null])
  expect(await statusOf(edge.stam, '/l/atelier-levain')).toEqual(['/l/atelier-levain', 200, null])
  // A hand-coded page belongs to one site.
  expect((await request(`${edge.weokto}/l/atelier-levain`, { headers: HTML })).status).toBe(404)
  for (const path of ['/c/club', '/c/club/general', '/pay/key', '/checkout/abc'])
    expect(await statusOf(edge.stam, path)).toEqual([path, 200, 'noindex'])
})

test('where indexing is off, no page is shown to robots, public ones and landing pages neither', async () => {
  const staging = await startEdge({ ...t, environment: { INDEXING: 'off' } })
  try {
    for (const [origin, path] of [
      [staging.stam, '/'],
      [staging.weokto, '/how'],
      [staging.stam, '/l/atelier-levain'],
      [staging.stam, '/nowhere'],
      [staging.stam, '/sitemap.xml'],
    ] as const)
      expect([path, (await request(origin + path, { headers: HTML })).headers.get('x-robots-tag')]).toEqual([path, 'noindex'])
  } finally {
    await staging.stop()
  }
})

test('each site has its own map, rules for robots and icon', async () => {
  const mapOf = async (origin: string) => {
    const answer = await request(`${origin}/sitemap.xml`)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/xml; charset=utf-8'])
    return Array.from((await answer.text()).matchAll(/<loc>([^<]+)<\/loc>/g), ([, address = '']) => address)
  }
  expect((await mapOf(edge.weokto)).toSorted()).toEqual(['/', '/guilds', '/how'].map((path) => edge.weokto + path))
  const ofStam = await mapOf(edge.stam)
  expect(ofStam.toSorted()).toEqual(['/', '/l/atelier-levain', '/l/dos-en-forme'].map((path) => edge.stam + path))
  for (const address of ofStam) expect((await request(address)).status).toBe(200)
  const icons: string[] = []
  for (const origin of [edge.weokto, edge.stam]) {
    const robots = await request(`${origin}/robots.txt`)
    expect(robots.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(await robots.text()).toContain(`Sitemap: ${origin}/sitemap.xml`)
    const icon = await request(`${origin}/favicon.ico`)
    expect([icon.status, icon.headers.get('content-type')]).toEqual([200, expect.stringMatching(/^image\/(?:x-icon|vnd\.microsoft\.icon)/)])
    icons.push(Buffer.from(await icon.arrayBuffer()).toString('base64'))
  }
  expect(new Set(icons).size).toBe(2)
})

test('a preview finds the site’s name, a sentence and a picture at a whole address', async () => {
  for (const [address, name] of [
    [`${edge.weokto}/`, 'WEOKTO'],
    [`${edge.stam}/`, 'STAM'],
    [`${edge.stam}/l/dos-en-forme`, 'Dos en Forme'],
  ] as const) {
    const page = await (await request(address, { headers: HTML })).text()
    const said = (property: string) => new RegExp(`<meta\\s+property="og:${property}"\\s+content="([^"]+)"`).exec(page)?.[1] ?? ''
    expect(said('title')).toContain(name)
    const description = /<meta\s+name="description"\s+content="([^"]+)"/.exec(page)?.[1]
    expect(said('description')).toBe(description)
    expect(said('image')).toBe(`${new URL(address).origin}/share.png`)
    const picture = await request(said('image'))
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png'])
    expect(picture.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    expect(page).not.toContain('origin.invalid')
  }
})

test('www is sent on for good to the bare host, with path and query', async () => {
  const www = edge.stam.replace('stam.', 'www.stam.')
  for (const path of ['/', '/c/club?a=1&b=%C3%A9', '/api/me', '/pay/key?ck=x', '//elsewhere.example/x']) {
    const answer = await request(www + path)
    expect([path, answer.status, answer.headers.get('location')]).toEqual([path, 308, edge.stam + path])
  }
  const refused = await request(`${www}/l/4242424242424242`)
  expect([refused.status, refused.headers.get('location')]).toEqual([422, null])
  // A machine does not follow: it is answered at either name.
  expect((await request(`${www}/webhooks/processor`, { method: 'POST', body: '{}' })).status).toBe(401)
  // The other site has not been given the name.
  expect((await request(edge.weokto.replace('weokto.', 'www.weokto.'))).status).toBe(421)
})

test('below /parties/ only a room’s own path is shown to its library; all else is the app’s, and no line of it is logged', async () => {
  const elsewhere = ['channel/1/more', 'channel/general', 'channel/01', 'cache/1', 'main/1'].map(
    (path) => `/parties/${path}?ticket=let-me-in`,
  )
  const before = edge.logs().length
  const isAppAnswer = async (path: string) => (await request(edge.stam + path)).headers.has('x-request-id')
  expect(await Promise.all(elsewhere.map(isAppAnswer))).toEqual(elsewhere.map(() => true))
  expect((await request(`${edge.stam}/parties/channel/1?ticket=let-me-in`)).status).toBe(405)
  expect(edge.logs().slice(before).join('\n')).not.toMatch(/let-me-in/)
})
