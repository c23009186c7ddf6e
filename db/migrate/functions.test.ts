import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { testDatabase, type TestDatabase } from '../testing.ts'
import { readMigrations } from './files.ts'
import { applyFunctions, readFunctions } from './functions.ts'

const SHIPPED = join(import.meta.dirname, '../functions')

let t: TestDatabase
let client: Client
let folder = ''
beforeAll(async () => {
  t = await testDatabase()
  const url = new URL(inject('adminUrl'))
  url.pathname = new URL(t.databaseUrl).pathname
  client = new Client({ connectionString: url.href })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await t.close()
  rmSync(folder, { recursive: true, force: true })
})

function apply(files: Record<string, string>): Promise<string[]> {
  rmSync(folder, { recursive: true, force: true })
  folder = mkdtempSync(join(tmpdir(), 'functions-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return applyFunctions(client, folder)
}

const answering = (version: number, answer: number, name = 'answer'): string =>
  `-- Version ${version}\nCREATE OR REPLACE FUNCTION ${name}() RETURNS int LANGUAGE sql AS 'SELECT ${answer}';\n`
const answer = async (): Promise<unknown> => (await client.query('SELECT answer()')).rows[0]

describe('functions', () => {
  it('are applied when they are newer, and only then', async () => {
    expect(await apply({ 'answer.sql': answering(1, 41) })).toEqual(['answer.sql'])
    expect(await apply({ 'answer.sql': answering(1, 41) })).toEqual([])
    expect(await apply({ 'answer.sql': answering(2, 42) })).toEqual(['answer.sql'])
    expect(await answer()).toEqual({ answer: 42 })
  })

  it('of an older commit leave what a newer one put there', async () => {
    expect(await apply({ 'answer.sql': answering(1, 41) })).toEqual([])
    expect(await answer()).toEqual({ answer: 42 })
  })

  it('are refused when they changed without a version of their own', async () => {
    await expect(apply({ 'answer.sql': answering(2, 43) })).rejects.toThrow(
      'db/functions/answer.sql was changed after its version 2 was applied: give it version 3.',
    )
    await expect(apply({ 'answer.sql': answering(3, 43).replace('-- Version 3\n', '') })).rejects.toThrow(
      'does not begin with "-- Version N"',
    )
  })

  it('are replaced together or not at all', async () => {
    await expect(apply({ 'answer.sql': answering(3, 43), 'broken.sql': '-- Version 1\nCREATE FUNCTION (;' })).rejects.toThrow(
      /^db\/functions\/broken\.sql is broken: syntax error at or near "\("\. No function was changed\.$/,
    )
    expect(await answer()).toEqual({ answer: 42 })
  })

  it('may call one another whatever the order of their files', async () => {
    const caller = "-- Version 1\nCREATE OR REPLACE FUNCTION asks() RETURNS int LANGUAGE sql AS 'SELECT told()';\n"
    expect(await apply({ 'asks.sql': caller, 'told.sql': answering(1, 7, 'told') })).toEqual(['asks.sql', 'told.sql'])
    expect((await client.query('SELECT asks()')).rows[0]).toEqual({ asks: 7 })
  })
})

describe('db/functions', () => {
  const ours = `SELECT p.proname AS name, pg_get_functiondef(p.oid) AS text, p.proacl::text AS rights FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
    ORDER BY name`

  it('holds each function of the database once', async () => {
    const database = await testDatabase()
    const names = (await database.admin<{ name: string }>(ours)).map((row) => row.name)
    const written = readFunctions(SHIPPED).flatMap(({ sql }) =>
      Array.from(sql.matchAll(/^CREATE OR REPLACE FUNCTION (\w+)/gm), ([, name]) => name),
    )
    expect(new Set(written)).toEqual(new Set(names))
    expect(written.length).toBe(names.length)
    await database.close()
  })

  it('changes nothing, applied once more, the rights on each function least of all', async () => {
    const before = (await client.query<{ name: string }>(ours)).rows
    expect(before.length).toBeGreaterThan(40)
    await client.query('SET check_function_bodies = off')
    for (const { sql } of readFunctions(SHIPPED)) await client.query(sql)
    expect((await client.query(ours)).rows).toEqual(before)
  })

  it('is where a function is changed: no migration does since it is there', () => {
    const newer = readMigrations(join(import.meta.dirname, '../migrations')).filter(
      ({ name }) => name > '20261125003000' && name.startsWith('2'),
    )
    const changing = newer.filter(({ sql }) => /\b(?:OR REPLACE|ALTER) FUNCTION\b/i.test(sql))
    expect(changing.map(({ name }) => name)).toEqual([])
  })
})
