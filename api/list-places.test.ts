import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { weoktoSessions } from '#db/schema/all.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { ALL_COMMISSIONS_ORDER, OWN_COMMISSIONS_ORDER } from '#domain/affiliation/lists.ts'
import { newSession } from '#api/identity/session/new-session.ts'
import type { Person } from '#dev/http-client.ts'
import { makePerson } from '#dev/testing/people.ts'
import { testContext } from '#dev/testing/services.ts'
import { startSite, type Site } from '#dev/testing/site.ts'
import { writeCursor } from './list-cursor.ts'

let t: TestDatabase
let site: Site
let owner: Person
beforeAll(async () => {
  t = await testDatabase()
  site = await startSite(t)
  const { id } = await makePerson(t.db, { userType: 'OWNER' })
  const { token, row } = await newSession(testContext(site.services, new Date()), id)
  await t.db.insert(weoktoSessions).values(row)
  owner = site.weokto()
  owner.cookies.set('session', token)
})
afterAll(async () => {
  await site.stop()
  await t.close()
})

const LISTS = ['/api/admin/sales', '/api/admin/commissions', '/api/affiliate/commissions', '/api/admin/people', '/api/admin/products']
const place = { value: new Date('2026-01-01T00:00:00Z'), id: 'a'.repeat(24) }
const ofAll = writeCursor(ALL_COMMISSIONS_ORDER, '-earnedAt', place)
const ofOwn = writeCursor(OWN_COMMISSIONS_ORDER, '-earnedAt', place)

const isRefused = async (path: string, query: Record<string, string>) => {
  const response = await owner.get(`${path}?${new URLSearchParams(query)}`, { headers: { 'accept-language': 'en' } })
  expect([response.status, await response.json()], path).toEqual([
    400,
    {
      error: {
        code: 'no_such_place',
        message: 'There is no such place in this list: the address is incomplete or was changed. Go back to the beginning of the list.',
        requestId: expect.any(String),
      },
    },
  ])
}

describe('a place that is none is refused with 400 and one sentence', () => {
  test.each([
    ['made by somebody else', Buffer.from('{"id":1}').toString('base64url')],
    ['cut', ofAll.slice(0, -9)],
    ['empty', ''],
    ['huge', ofAll + 'a'.repeat(3_000)],
    ['no text of ours', '%27;--'],
  ])('%s, in every list', async (_, cursor) => {
    for (const path of LISTS) {
      await isRefused(path, { after: cursor })
      await isRefused(path, { before: cursor })
    }
  })

  test('of another list, though it is sorted alike', async () => {
    await isRefused('/api/admin/commissions', { sort: '-earnedAt', after: ofOwn })
    await isRefused('/api/affiliate/commissions', { sort: '-earnedAt', after: ofAll })
  })

  test('of another sort', async () => {
    await isRefused('/api/admin/commissions', { sort: 'earnedAt', after: ofAll })
    await isRefused('/api/admin/commissions', { sort: '-totalCents', before: ofAll })
  })

  test('and taken where it is one', async () => {
    for (const [path, after] of [
      ['/api/admin/commissions', ofAll],
      ['/api/affiliate/commissions', ofOwn],
    ] as const)
      expect((await owner.get(`${path}?${new URLSearchParams({ sort: '-earnedAt', after })}`)).status).toBe(200)
  })
})
