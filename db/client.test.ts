import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inspect } from 'node:util'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from './id.ts'
import { connect, dbError, must, reloading } from './client.ts'
import { affiliatePrograms, communities, products, stamUsers, weoktoUsers } from './schema/all.ts'
import { testDatabase, type TestDatabase } from './testing.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await testDatabase()
})
afterAll(() => t.close())

const person = (email = `${newId()}@example.com`) => ({ email, authId: newId() })
const insertAs = (email: string) => t.db.insert(stamUsers).values(person(email))
const stale = () => t.db.execute(sql`select guard(false, 'stale')`)
const failure = async (run: () => Promise<unknown>): Promise<unknown> => {
  try {
    await run()
  } catch (error) {
    return error
  }
  throw new Error('It should have been refused.')
}

describe('connect', () => {
  it('reads and writes instants as UTC whatever the machine says', async () => {
    const at = new Date('2026-03-31T23:30:00.123Z')
    const [row] = await t.db
      .insert(stamUsers)
      .values({ ...person(), createdAt: at })
      .returning()
    expect(row?.createdAt).toEqual(at)
    const raw = await t.db.execute<{ at: string }>(sql`select ${at}::timestamp(3)::text as at`)
    expect(raw.rows).toEqual([{ at: '2026-03-31 23:30:00.123' }])
    const [stored] = await t.admin<{ at: string }>(`SELECT "createdAt"::text AS at FROM stam_users WHERE id = $1`, [row?.id])
    expect(stored?.at).toBe('2026-03-31 23:30:00.123')
  })

  it('lets clients of different endpoints live in one process', async () => {
    const nowhere = connect({ databaseUrl: t.databaseUrl, httpEndpoint: 'http://127.0.0.1:1/sql' })
    const error = await failure(() => nowhere.execute(sql`select 1`))
    expect(dbError(error)).toBeNull()
    expect((await t.db.execute(sql`select 1 as one`)).rows).toEqual([{ one: 1 }])
  })

  it('gives a call up that nobody answers', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const { port } = silent.address() as AddressInfo
    const patient = connect({ databaseUrl: t.databaseUrl, httpEndpoint: `http://127.0.0.1:${port}/sql`, timeoutMs: 50 })
    const error = await failure(() => patient.execute(sql`select 1`))
    expect(dbError(error)).toBeNull()
    expect(inspect(error)).toContain('TimeoutError')
    silent.closeAllConnections()
    silent.close()
  })

  it('keeps rates as integers of ten-thousandths', async () => {
    const [community] = await t.db.insert(communities).values({ platform: 'STAM', name: 'A', slug: newId() }).returning()
    const [product] = await t.db
      .insert(products)
      .values({ communityId: community?.id ?? '', slug: newId(), name: 'P' })
      .returning()
    const program = { productId: product?.id ?? '', defaultRateType: 'percentage' as const, defaultRate: 3333 }
    const [row] = await t.db.insert(affiliatePrograms).values(program).returning()
    expect(row?.defaultRate).toBe(3333)
    const [stored] = await t.admin<{ rate: string }>(`SELECT "defaultRate"::text AS rate FROM affiliate_programs WHERE id = $1`, [row?.id])
    expect(stored?.rate).toBe('0.3333')
    await expect(t.db.insert(affiliatePrograms).values({ ...program, defaultRate: 0.3 })).rejects.toThrow(/ten-thousandths/)
  })
})

describe('must', () => {
  it('undoes the whole batch when a write does not find its row', async () => {
    const user = person()
    const error = await failure(() =>
      t.db.batch([
        t.db.insert(stamUsers).values(user),
        must(t.db, 'user_present', t.db.update(stamUsers).set({ bio: 'x' }).where(eq(stamUsers.id, 'nobody'))),
      ]),
    )
    expect(dbError(error)).toMatchObject({ code: 'GU001', constraint: 'user_present' })
    expect(await t.db.select().from(stamUsers).where(eq(stamUsers.email, user.email))).toEqual([])
  })

  it('lets updates, inserts and deletes through that touch as many rows as they must', async () => {
    const [one, two] = [person(), person()]
    await t.db.batch([
      must(t.db, 'two_users', t.db.insert(weoktoUsers).values([one, two]), 2),
      must(t.db, 'one_user', t.db.update(weoktoUsers).set({ userType: 'OWNER' }).where(eq(weoktoUsers.email, one.email))),
      must(t.db, 'gone', t.db.delete(weoktoUsers).where(eq(weoktoUsers.email, two.email))),
      must(t.db, 'nobody', t.db.delete(weoktoUsers).where(eq(weoktoUsers.email, two.email)), 0),
    ])
    const rows = await t.db.select({ role: weoktoUsers.userType }).from(weoktoUsers).where(eq(weoktoUsers.email, one.email))
    expect(rows).toEqual([{ role: 'OWNER' }])
  })

  it('takes a conflict for a row that was not written', async () => {
    const user = person()
    await t.db.insert(weoktoUsers).values(user)
    const again = must(t.db, 'new_user', t.db.insert(weoktoUsers).values(person(user.email)).onConflictDoNothing())
    expect(dbError(await failure(() => again))).toMatchObject({ code: 'GU001', constraint: 'new_user' })
  })
})

describe('dbError', () => {
  it('finds code and constraint in a single statement and in a batch', async () => {
    const user = person()
    await t.db.insert(weoktoUsers).values(user)
    const clash = () => t.db.insert(weoktoUsers).values(person(user.email.toUpperCase()))
    const expected = { code: '23505', constraint: 'weokto_users_email_key' }
    expect(dbError(await failure(clash))).toMatchObject(expected)
    expect(dbError(await failure(() => t.db.batch([clash()])))).toMatchObject(expected)
  })

  it('knows nothing of other errors', () => {
    expect(dbError(new Error('no'))).toBeNull()
    expect(dbError(Object.assign(new Error('reset'), { code: 'ECONNRESET' }))).toBeNull()
    expect(dbError('GU001')).toBeNull()
  })
})

describe('reloading', () => {
  it('runs again at most three times when another writer was first', async () => {
    let runs = 0
    const error = await failure(() => reloading(() => ((runs += 1), stale())))
    expect([runs, dbError(error)?.code]).toEqual([3, 'GU001'])
  })

  it('stops at the first success', async () => {
    let runs = 0
    await reloading(async () => {
      runs += 1
      if (runs < 2) await stale()
    })
    expect(runs).toBe(2)
  })

  it('takes a duplicate for a refusal unless told that it means another writer', async () => {
    const user = person()
    await t.db.insert(stamUsers).values(user)
    for (const [unique, expected] of [
      [[], 1],
      [['stam_users_email_key'], 3],
    ] as const) {
      let runs = 0
      await failure(() => reloading(() => ((runs += 1), insertAs(user.email)), { unique }))
      expect(runs).toBe(expected)
    }
  })
})
