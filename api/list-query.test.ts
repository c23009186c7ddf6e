import { and, eq } from 'drizzle-orm'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#db/id.ts'
import { weoktoUsers as u } from '#db/schema/all.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { sortsOf, type Sort } from '#domain/base/list.ts'
import { walk, type Place } from '#dev/testing/lists.ts'
import { writeCursor } from './list-cursor.ts'
import { listInput, listQuery, sumOf } from './list-query.ts'

const ORDER = { name: 'test', keys: ['createdAt', 'lastLoginAt', 'email', 'refunds'], usual: '-createdAt' } as const
type Key = (typeof ORDER.keys)[number]
const table = {
  order: ORDER,
  id: u.id,
  columns: {
    createdAt: { by: u.createdAt, kind: 'instant' },
    lastLoginAt: { by: u.lastLoginAt, kind: 'instant', isNullable: true },
    email: { by: u.email, kind: 'caseless' },
    refunds: { by: u.totalRefunds, kind: 'integer' },
  },
} as const

let t: TestDatabase
beforeAll(async () => {
  t = await testDatabase()
})
afterAll(() => t.close())

const instant = (n: number) => new Date(Date.UTC(2026, 0, 1) + n)
/** Few values, so that most rows have equals. */
const person = fc.record({
  createdAt: fc.integer({ min: 0, max: 3 }).map(instant),
  lastLoginAt: fc.option(fc.integer({ min: 0, max: 2 }).map(instant)),
  totalRefunds: fc.integer({ min: 0, max: 3 }),
  upper: fc.boolean(),
})
type Person = typeof person extends fc.Arbitrary<infer Value> ? Value : never

async function insert(people: readonly Person[], authId: string): Promise<string[]> {
  const rows = people.map(({ upper, ...values }) => {
    const id = newId()
    const email = `${id}é@people.test`
    return { ...values, id, email: upper ? email.toUpperCase() : email, authId: `${authId}-${id}`, bio: authId, updatedAt: instant(0) }
  })
  if (rows.length > 0) await t.db.insert(u).values(rows)
  return rows.map(({ id }) => id)
}

async function read(group: string, asked: Place & { sort?: Sort<Key>; size: number }) {
  const list = listQuery(table, asked)
  const shown = eq(u.bio, group)
  const columns = { id: u.id, createdAt: u.createdAt, lastLoginAt: u.lastLoginAt, email: u.email, refunds: u.totalRefunds }
  const [rows, totals] = await t.db.batch([
    t.db
      .select(columns)
      .from(u)
      .where(and(shown, list.within))
      .orderBy(...list.order)
      .limit(list.limit),
    t.db
      .select({ ...list.counted, refunds: sumOf(u.totalRefunds) })
      .from(u)
      .where(shown),
  ])
  return list.page(rows, totals)
}

type Row = Awaited<ReturnType<typeof read>>['rows'][number]

/** The order as a person would say it: by value, nothing last, equals by id the same way. */
function inOrder(rows: readonly Row[], sort: Sort<Key>): string[] {
  const way = sort.startsWith('-') ? -1 : 1
  const key = ORDER.keys.find((known) => sort.endsWith(known)) ?? 'createdAt'
  const valueOf = (row: Row) => {
    const value = row[key]
    return typeof value === 'string' ? value.toLowerCase() : value === null ? null : Number(value)
  }
  const compare = (a: string | number, b: string | number) => (a < b ? -1 : a > b ? 1 : 0)
  const sorted = rows.toSorted((one, other) => {
    const [a, b] = [valueOf(one), valueOf(other)]
    if (a === null || b === null) return a === b ? way * compare(one.id, other.id) : a === null ? 1 : -1
    return way * (compare(a, b) || compare(one.id, other.id))
  })
  return sorted.map(({ id }) => id)
}

const walked = fc.record({
  people: fc.array(person, { maxLength: 14 }),
  newcomers: fc.array(person, { maxLength: 6 }),
  sort: fc.constantFrom(...sortsOf(ORDER)),
  size: fc.integer({ min: 1, max: 5 }),
})

test('every row once and in order, forward and back, with each place told rightly', async () => {
  await fc.assert(
    fc.asyncProperty(walked, async ({ people, sort, size }) => {
      const group = newId()
      await insert(people, group)
      const all = await read(group, { sort, size: 100 })
      expect([all.total, all.sums.refunds]).toEqual([people.length, people.reduce((sum, { totalRefunds }) => sum + totalRefunds, 0)])
      const due = inOrder(all.rows, sort)
      expect(all.rows.map(({ id }) => id)).toEqual(due)

      let position = 0
      const forward = await walk(async (place) => {
        const page = await read(group, { ...place, sort, size })
        expect([page.position, page.total, page.previous !== null]).toEqual([position, due.length, position > 0])
        position += page.rows.length
        expect(page.next !== null).toBe(position < due.length)
        return page
      })
      expect(forward.map(({ id }) => id)).toEqual(due)

      const last = await lastPage(group, sort, size)
      if (last.previous === null) return
      const back = await walk(
        async (place) => {
          const page = await read(group, { ...place, sort, size })
          expect(page.next).not.toBeNull()
          expect(due.slice(page.position, page.position + page.rows.length)).toEqual(page.rows.map(({ id }) => id))
          return page
        },
        { before: last.previous },
      )
      expect([...back, ...last.rows].map(({ id }) => id)).toEqual(due)
    }),
    { numRuns: 60 },
  )
})

async function lastPage(group: string, sort: Sort<Key>, size: number) {
  let page = await read(group, { sort, size })
  while (page.next !== null) page = await read(group, { sort, size, after: page.next })
  return page
}

test('rows that come and go while one pages cost nobody else their place', async () => {
  await fc.assert(
    fc.asyncProperty(walked, async ({ people, newcomers, sort, size }) => {
      const group = newId()
      const first = await insert(people, group)
      const gone = first.slice(0, Math.floor(first.length / 3))
      const waiting = [...newcomers]
      let isFirstPage = true
      const seen = await walk(async (place) => {
        const page = await read(group, { ...place, sort, size })
        await insert(waiting.splice(0, 2), group)
        if (isFirstPage && gone.length > 0) await t.admin('delete from weokto_users where id = any($1)', [gone])
        isFirstPage = false
        return page
      })
      const ids = seen.map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
      const stayed = first.filter((id) => !gone.includes(id))
      expect(stayed.filter((id) => !ids.includes(id))).toEqual([])
      expect(ids).toEqual(inOrder(seen, sort))
    }),
    { numRuns: 40 },
  )
})

describe('a place that is none', () => {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const id = newId()
  const hostile = [
    'x',
    '%00',
    '../../etc/passwd',
    encode(null),
    encode([]),
    encode({ length: 3 }),
    encode(['refunds', 1, id]),
    encode(['other', 'refunds', 1, id]),
    encode(['test', 'refunds', 1]),
    encode(['test', 'refunds', 1, "x'; drop table weokto_users; --"]),
    encode(['test', 'refunds', 1, id, 1]),
    encode(['test', 'refunds', '1', id]),
    encode(['test', 'refunds', 1.5, id]),
    encode(['test', 'refunds', 1e300, id]),
    encode(['test', 'refunds', { toString: 1 }, id]),
    encode(['test', 'refunds', 1, 'i'.repeat(65)]),
    encode(['test', '-refunds', 1, id]),
    encode(['test', '__proto__', 1, id]),
    writeCursor(ORDER, 'createdAt', { value: instant(1), id }),
    Buffer.from([0xff, 0xfe, 0x22]).toString('base64url'),
  ]
  test.each(hostile)('%s is refused in words', async (after) => {
    const refusal = { code: 'no_such_place' }
    await expect(read(id, { sort: 'refunds', size: 5, after })).rejects.toMatchObject(refusal)
    await expect(read(id, { sort: 'refunds', size: 5, before: after })).rejects.toMatchObject(refusal)
  })

  test.each([
    ['createdAt', -1e15],
    ['createdAt', 8.64e15],
    ['createdAt', '2026-01-01'],
    ['email', 'a\0b'],
    ['email', '\ud800'],
    ['email', 'a'.repeat(321)],
    ['email', 7],
  ] as const)('%s %j is nothing that the database could compare with', async (sort, value) => {
    await expect(read(id, { sort, size: 5, after: encode(['test', sort, value, id]) })).rejects.toMatchObject({ code: 'no_such_place' })
  })

  test('is one that is longer than any of ours, or both ways at once', async () => {
    const input = listInput(ORDER)
    const refusal = { code: 'no_such_place' }
    const long = encode(['test', 'refunds', 1, id, 'a'.repeat(2_000)])
    for (const after of [long, '']) await expect(read(id, { sort: 'refunds', size: 5, after })).rejects.toMatchObject(refusal)
    const here = writeCursor(ORDER, 'refunds', { value: 1, id })
    await expect(read(id, { sort: 'refunds', size: 5, after: here, before: here })).rejects.toMatchObject(refusal)
    expect(input.safeParse({ sort: '--refunds' }).success).toBe(false)
    expect(input.safeParse({ size: '101' }).success).toBe(false)
    expect(input.safeParse({ sort: '-refunds', size: '100' })).toMatchObject({ success: true })
  })

  test('is not one when it is the largest that a list may hold', async () => {
    for (const value of [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, null])
      await expect(read(id, { sort: 'refunds', size: 5, after: encode(['test', 'refunds', value, id]) })).resolves.toMatchObject({
        rows: [],
      })
    const longest = `${'é'.repeat(308)}@people.test`
    expect(writeCursor(ORDER, '-email', { value: longest, id }).length).toBeLessThanOrEqual(2_000)
    await expect(read(id, { sort: '-email', size: 5, after: writeCursor(ORDER, '-email', { value: longest, id }) })).resolves.toBeDefined()
  })
})
