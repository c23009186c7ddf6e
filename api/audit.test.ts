import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { must } from '#db/client.ts'
import { weoktoUsers } from '#db/schema/all.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { AUDIT } from '#domain/audit.ts'
import { ROOT } from '#dev/environment/root.ts'
import { makePerson } from '#dev/testing/people.ts'
import { testContext, testServices } from '#dev/testing/services.ts'
import { auditStatement } from './audit.ts'

const sources = (folder: string, ending: string) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending) && !/\.test\.ts$|testing/.test(file))
    .map((file) => ({ file: `${folder}/${file}`, text: readFileSync(join(ROOT, folder, file), 'utf8') }))

const api = sources('api', '.ts')
const functions = sources('db/functions', '.sql')

describe('the list of actions', () => {
  test.each(Object.keys(AUDIT))('%s is written by somebody', (action) => {
    const callers = [
      ...api.filter(({ text }) => text.includes('auditStatement(') && text.includes(`'${action}'`)),
      ...functions.filter(({ text }) => /INSERT INTO audit_log/i.test(text) && text.includes(`'${action}'`)),
    ]
    expect(callers.map(({ file }) => file)).toHaveLength(1)
  })

  test('is the only way into the log: everything in it is on the list', () => {
    expect(
      api.filter(({ text }) => /insert\(auditLog\)|insert into (?:audit_log|\$\{auditLog\})/i.test(text)).map(({ file }) => file),
    ).toEqual(['api/audit.ts'])
    const written = functions.flatMap(({ text }) =>
      [...text.matchAll(/INSERT INTO audit_log[^;]*?'SYSTEM', '([^']+)'/gi)].map(([, name]) => name),
    )
    expect(written.length).toBe(functions.flatMap(({ text }) => text.match(/INSERT INTO audit_log/gi) ?? []).length)
    expect(written.filter((name) => !Object.hasOwn(AUDIT, name ?? ''))).toEqual([])
  })
})

/** A route by which staff change something, with the use-case that it calls: `.post('/admin/…', …, async (c) => { await resolve(c.get('ctx'), …` */
const CHANGE = /\.(?:post|put|patch|delete)\('(\/admin\/[^']+)'.*?await (\w+)\(c\.get\('ctx'\)/gs

test('whatever staff change is in the log: each such route calls a use-case that writes a line', () => {
  const changes = api
    .filter(({ file }) => file.endsWith('/routes.ts'))
    .flatMap(({ file, text }) =>
      [...text.matchAll(CHANGE)].map(([, path = '', useCase = '']) => {
        const named = new RegExp(String.raw`import \{[^}]*\b${useCase}\b[^}]*\} from '\./([^']+)'`).exec(text)?.[1] ?? ''
        return { path, text: readFileSync(join(ROOT, file, '..', named), 'utf8') }
      }),
    )
  const listed = api.flatMap(({ text }) => text.match(/\.(?:post|put|patch|delete)\('\/admin\//g) ?? [])
  expect(changes.length).toBe(listed.length)
  expect(changes.length).toBeGreaterThan(2)
  expect(changes.filter(({ text }) => !text.includes('auditStatement(')).map(({ path }) => path)).toEqual([])
})

describe('a line', () => {
  let t: TestDatabase
  beforeAll(async () => {
    t = await testDatabase()
  })
  afterAll(() => t.close())
  const now = new Date('2026-05-01T10:00:00Z')
  const lines = () =>
    t.admin(
      'select "actorId", "actorRole", action, "targetType", "targetId", reason, "createdAt" from audit_log order by "createdAt", action',
    )

  test('stands exactly when what it tells of has been written', async () => {
    const owner = await makePerson(t.db, { userType: 'OWNER' })
    const ctx = testContext(testServices(t), now, owner)
    const line = () =>
      auditStatement(ctx, { action: 'email.mark_lifted', about: 'weokto_user', aboutId: owner.id, reason: 'Le courrier arrive' })
    const change = (where: ReturnType<typeof sql>) => must(t.db, 'there', t.db.update(weoktoUsers).set({ displayName: 'A' }).where(where))
    await expect(t.db.batch([line(), change(sql`false`)])).rejects.toThrow()
    expect(await lines()).toEqual([])
    await t.db.batch([line(), change(sql`id = ${owner.id}`)])
    expect(await lines()).toEqual([
      {
        actorId: owner.id,
        actorRole: 'OWNER',
        action: 'email.mark_lifted',
        targetType: 'weokto_user',
        targetId: owner.id,
        reason: 'Le courrier arrive',
        createdAt: now,
      },
    ])
  })

  test.each(["update audit_log set reason = ''", 'delete from audit_log', 'truncate audit_log'])(
    'stays: %s is refused even to the database’s owner',
    async (statement) => {
      await expect(t.admin(statement)).rejects.toMatchObject({ constraint: 'audit_log_immutable' })
    },
  )

  test('names nobody where the platform acts by itself, and is refused where nobody signed in did what a person does', async () => {
    const owner = await makePerson(t.db, { userType: 'OWNER' })
    const ctx = testContext(testServices(t), now, owner)
    await auditStatement(ctx, { action: 'payment.mismatch', about: 'payment_attempt', aboutId: 'a' })
    expect((await lines()).at(-1)).toMatchObject({ action: 'payment.mismatch', actorId: null, actorRole: 'SYSTEM' })
    const visitor = testContext(testServices(t), now)
    expect(() => auditStatement(visitor, { action: 'email.mark_lifted', about: 'stam_user', aboutId: 'a' })).toThrow('by a person')
  })
})
