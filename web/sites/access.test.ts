import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { weoktoSessions } from '#db/schema/all.ts'
import { USER_TYPES, type UserType } from '#domain/identity/enums.ts'
import { newSession } from '#api/identity/session/new-session.ts'
import type { Person } from '#dev/http-client.ts'
import { makeAffiliate, makePerson } from '#dev/testing/people.ts'
import { testContext } from '#dev/testing/services.ts'
import { startSite, type Site } from '#dev/testing/site.ts'
import { mayOpen } from '#web/shell/menu.ts'
import { pageList } from './page.ts'
import { loadData } from './pages.ts'
import { weokto } from './weokto/table.ts'

let t: TestDatabase
let site: Site
beforeAll(async () => {
  t = await testDatabase()
  site = await startSite(t)
})
afterAll(async () => {
  await site.stop()
  await t.close()
})

/** Their screens ask, by what stands in the address. */
const LISTS: Readonly<Record<string, string>> = {
  '/admin/sales': '/api/admin/sales?page=1',
  '/admin/commissions': '/api/admin/commissions?page=1',
  '/admin/people': '/api/admin/people?page=1&site=WEOKTO',
  '/admin/products': '/api/admin/products?page=1',
}

/** What pages ask that everybody may read, signed in or not. */
const PUBLIC_CALLS: ReadonlySet<string> = new Set(['/api/policy'])

/** What a page begins with, as its own loader asks for it. */
async function callsOf(path: string): Promise<string[]> {
  const calls: string[] = []
  vi.stubGlobal('fetch', (asked: string) => {
    calls.push(asked.replace('http://localhost', ''))
    return new Promise(() => undefined)
  })
  await loadData('weokto', path, 'member')
  vi.unstubAllGlobals()
  return calls.length > 0 ? calls : [LISTS[path]].filter((call) => call !== undefined)
}

async function signedInAs(userType: UserType): Promise<Person> {
  const { id } = userType === 'AFFILIATE' ? await makeAffiliate(t.db) : await makePerson(t.db, { userType })
  const { token, row } = await newSession(testContext(site.services, new Date()), id)
  await t.db.insert(weoktoSessions).values(row)
  const person = site.weokto()
  person.cookies.set('session', token)
  return person
}

/** Pages whose address names something: whether that is theirs is another question than whether the page is. */
const asked = pageList(weokto.pages).filter(({ path, access }) => access.includes('.') && !path.includes('$'))

test.each(USER_TYPES)('what the guard of a page lets a %s open, the API answers, and nothing else', async (role) => {
  const person = await signedInAs(role)
  expect(asked.length).toBeGreaterThan(8)
  for (const { path, access } of asked) {
    const calls = await callsOf(path)
    expect([path, calls.length > 0]).toEqual([path, true])
    for (const call of calls) {
      const { status } = await person.get(call)
      expect([path, call, status !== 403]).toEqual([path, call, PUBLIC_CALLS.has(call) || mayOpen(access, role)])
      expect([path, call, [200, 403].includes(status) ? 'answered' : status]).toEqual([path, call, 'answered'])
    }
  }
})
