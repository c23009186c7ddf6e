import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { expectBooksBalanced } from '#db/ledger/verify.ts'
import { USER_TYPES, type UserType } from '#domain/identity/enums.ts'
import { askingOf, rightly, standing } from './asking.ts'
import { listedRoutes } from './listed.ts'
import { moneyIn } from './money-in.ts'
import { methodOf, ROUTES, type Row } from './routes.ts'
import { EVERYBODY, World, type Signed, type Who } from './world.ts'

let w: World
beforeAll(async () => {
  w = await World.open()
})
beforeEach(() => w.t.admin('delete from rate_limits'))
afterAll(async () => {
  await expectBooksBalanced(w.t.admin)
  await w.close()
})

/** People of the other site have no role there, and a session limited to one purchase has no permission at all. */
const ROLES: Readonly<Partial<Record<Who, UserType>>> = {
  client: 'CLIENT',
  affiliate: 'AFFILIATE',
  product_manager: 'PRODUCT_MANAGER',
  admin: 'ADMIN',
  owner: 'OWNER',
}
const SAFE = new Set(['GET', 'HEAD'])
const NOT_JSON = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/jsonp']
const TYPES = ['application/json', ...NOT_JSON.slice(0, 2)]

test('the table names every route that the app lists, and none that it does not', () => {
  expect(Object.keys(ROUTES).toSorted()).toEqual(listedRoutes().toSorted())
})

test('somebody of every role stands before the routes', () => {
  expect(new Set(Object.values(ROLES))).toEqual(new Set(USER_TYPES))
})

describe.each(Object.entries(ROUTES))('%s', (route, row) => {
  test('lets in whom it should, and nobody else', async () => {
    expect(await toEach((who) => ask(route, row, who))).toEqual(whatEach((who) => due(row, who)))
  })

  test('knows no session of the other site', async () => {
    const there = row.site ? 404 : row.audience === 'browser' ? 404 : due(row, 'visitor')
    expect(await toEach((who) => askElsewhere(route, row, who))).toEqual(whatEach(() => there))
  })

  const { others } = row
  if (others !== undefined) {
    test('answers about what is somebody else’s as about nothing', async () => {
      expect(await toEach((who) => ask(route, { ...row, own: others }, who))).toEqual(whatEach((who) => dueOfOthers(row, who)))
    })
  }

  const isUnsafe = !SAFE.has(methodOf(route)) && row.audience !== 'machine'
  if (isUnsafe) {
    test('does nothing that another site asks for', async () => {
      for (const origin of ['https://evil.example', 'null', null, w.originOf('STAM').replace('stam.', 'evil.stam.')]) {
        for (const type of TYPES) {
          const seen = await toEach((who) => ask(route, row, who, { origin, type }))
          expect(seen, `${origin} ${type}`).toEqual(whatEach(() => 403))
        }
      }
    })
  }

  if (isUnsafe) {
    test('takes nothing that calls itself anything but JSON', async () => {
      for (const type of NOT_JSON) {
        const seen = await toEach(async (who) => ask(route, row, who, { origin: (await standing(w, row, who)).origin, type }))
        expect(seen, type).toEqual(whatEach(() => 415))
      }
    })
  }

  test('tells an administrator no money', async () => {
    const told = await tell(route, row, 'admin')
    // What anybody may read, the administrator may too.
    if (row.audience === 'everyone' || row.audience === 'browser')
      expect(Object.keys(Object(told))).toEqual(Object.keys(Object(await tell(route, row, 'visitor'))))
    else expect(moneyIn(told)).toEqual([])
  })
})

test('the search for money is not blind', async () => {
  const route = 'GET /api/admin/overview'
  expect(moneyIn(await tell(route, ROUTES[route] ?? { audience: ['OWNER'], ok: 200 }, 'owner')).length).toBeGreaterThan(5)
})

function due(row: Row, who: Who): number {
  const { audience, ok } = row
  if (audience === 'everyone' || audience === 'browser' || audience === 'machine') return ok
  if (who === 'visitor') return 401
  if (audience === 'people') return ok
  const role = ROLES[who]
  return role !== undefined && audience.includes(role) ? ok : 403
}

function dueOfOthers(row: Row, who: Who): number {
  const own = due(row, who)
  if (own !== row.ok) return own
  const isStaff = who === 'admin' || who === 'owner'
  return isStaff && row.othersForStaff !== undefined ? row.othersForStaff : 404
}

async function ask(route: string, row: Row, who: Who, from?: { origin: string | null; type: string }): Promise<number> {
  const signed = await standing(w, row, who)
  const asking = askingOf(route, rightly(w, row, who, signed.sessionId))
  const foreign = from ? { origin: from.origin, headers: { 'content-type': from.type }, body: asking.body ?? 'a=b' } : {}
  return (await w.ask(signed, { ...asking, ...foreign })).status
}

async function askElsewhere(route: string, row: Row, who: Who): Promise<number> {
  const signed = await standing(w, row, who)
  const here: Signed = { ...signed, origin: w.originOf(signed.origin === w.originOf('STAM') ? 'WEOKTO' : 'STAM') }
  return (await w.ask(here, askingOf(route, rightly(w, row, who, signed.sessionId)))).status
}

async function tell(route: string, row: Row, who: Who): Promise<unknown> {
  const signed = await standing(w, row, who)
  const response = await w.ask(signed, askingOf(route, rightly(w, row, who, signed.sessionId)))
  const text = await response.text()
  return text === '' ? null : (JSON.parse(text) as unknown)
}

async function toEach(tell: (who: Who) => Promise<number>): Promise<Record<string, number>> {
  const answers: Record<string, number> = {}
  for (const who of EVERYBODY) answers[who] = await tell(who)
  return answers
}

function whatEach(of: (who: Who) => number): Record<string, number> {
  return Object.fromEntries(EVERYBODY.map((who) => [who, of(who)]))
}
