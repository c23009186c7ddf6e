import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DrizzleSnapshotJSON, generateDrizzleJson, generateMigration } from 'drizzle-kit/api'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { migrate } from './migrate.ts'
import { readMigrations } from './migrate/files.ts'
import * as schema from './schema/all.ts'
import { testDatabase, type TestDatabase } from './testing.ts'

let t: TestDatabase
let adminUrl = ''
let folder = ''
beforeAll(async () => {
  t = await testDatabase()
  const url = new URL(inject('adminUrl'))
  url.pathname = new URL(t.databaseUrl).pathname
  adminUrl = url.href
  // The tests play with migrations of their own, in a database that starts without any.
  await t.admin('DROP SCHEMA public CASCADE')
  await t.admin('CREATE SCHEMA public')
})
afterAll(() => t.close())

/** A folder with exactly these migrations. */
function write(files: Record<string, string>): string {
  if (folder !== '') rmSync(folder, { recursive: true })
  folder = mkdtempSync(join(tmpdir(), 'migrations-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const run = (files: Record<string, string>) => migrate({ adminUrl, appUrl: t.databaseUrl, folder: write(files) })
const ONE = { '0001_one.sql': 'CREATE TABLE one (id int);' }

describe('migrate', () => {
  it('applies each file once and in order', async () => {
    const files = { ...ONE, '0002_two.sql': 'CREATE TABLE two (id int);\nALTER TABLE one ADD COLUMN name text;' }
    expect(await run(files)).toEqual(['0001_one.sql', '0002_two.sql'])
    expect(await run(files)).toEqual([])
    expect(await run({ ...files, '0003_three.sql': 'CREATE TABLE three (id int);' })).toEqual(['0003_three.sql'])
    await t.admin(`DROP TABLE two, three; DELETE FROM schema_migrations WHERE name <> '0001_one.sql'`)
  })

  it('says in one sentence where a migration is broken, and leaves nothing of it', async () => {
    const broken = { ...ONE, '0002_broken.sql': 'CREATE TABLE half (id int);\nCREATE TABLE (;' }
    await expect(run(broken)).rejects.toThrow(
      'The migration 0002_broken.sql is broken at line 2: syntax error at or near "(". Nothing of it was applied.',
    )
    expect(await t.admin(`SELECT to_regclass('half') AS half`)).toEqual([{ half: null }])
  })

  it('refuses a migration that was changed, lost or numbered twice', async () => {
    await expect(run({ '0001_one.sql': 'CREATE TABLE one (id bigint);' })).rejects.toThrow(/0001_one\.sql was changed after it was applied/)
    await expect(run({})).rejects.toThrow(/0001_one\.sql, which this version of the program does not know/)
    await expect(run({ ...ONE, '0001_uno.sql': '' })).rejects.toThrow('The migrations 0001_one.sql and 0001_uno.sql have the same number.')
  })

  it('changes nothing for an older program: neither the application’s rights nor its password', async () => {
    const before = await t.admin(`SELECT rolpassword FROM pg_authid WHERE rolname = 'weokto_app'`)
    const appUrl = new URL(t.databaseUrl)
    appUrl.password = 'of-yesterday'
    await expect(migrate({ adminUrl, appUrl: appUrl.href, folder: write({}) })).rejects.toThrow(/does not know/)
    expect(await t.admin(`SELECT rolpassword FROM pg_authid WHERE rolname = 'weokto_app'`)).toEqual(before)
  })

  it('waits for another one that is at it', async () => {
    const files = { ...ONE, '0002_slow.sql': 'SELECT pg_sleep(0.2); CREATE TABLE slow (id int);' }
    const shared = write(files)
    const appliedBy = await Promise.all([1, 2, 3].map(() => migrate({ adminUrl, appUrl: t.databaseUrl, folder: shared })))
    expect(appliedBy.flat()).toEqual(['0002_slow.sql'])
  })

  it('does not let the application be the owner', async () => {
    await expect(migrate({ adminUrl, appUrl: adminUrl })).rejects.toThrow(/signs in as weokto_app/)
  })

  it('says what is wrong with an address', async () => {
    await expect(migrate({ adminUrl: 'nonsense', appUrl: t.databaseUrl })).rejects.toThrow(/^DATABASE_ADMIN_URL is not the address/)
    await expect(migrate({ adminUrl, appUrl: 'http://weokto_app:x@localhost/x' })).rejects.toThrow(/^DATABASE_URL is not the address/)
  })

  it('says who does not answer, without the password', async () => {
    const nobody = 'postgresql://postgres:secret@127.0.0.1:1/none'
    await expect(migrate({ adminUrl: nobody, appUrl: t.databaseUrl })).rejects.toThrow(
      /^The database none at 127\.0\.0\.1:1 does not answer: (?!.*secret)/,
    )
  })
})

describe('the migrations', () => {
  it('are numbered and complete: the schema in TypeScript asks for nothing more', async () => {
    expect(readMigrations(join(import.meta.dirname, 'migrations')).length).toBeGreaterThan(3)
    const meta = join(import.meta.dirname, 'migrations/meta')
    const newest = readdirSync(meta)
      .filter((name) => name.endsWith('_snapshot.json'))
      .toSorted()
      .at(-1)
    const recorded: DrizzleSnapshotJSON = { ...generateDrizzleJson({}), ...JSON.parse(readFileSync(join(meta, newest ?? ''), 'utf8')) }
    expect(await generateMigration(recorded, generateDrizzleJson(schema))).toEqual([])
  })
})
