import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, expect, test } from 'vitest'
import { PlainError } from '#dev/plain-error.ts'
import { startPostgres } from './postgres.ts'
import { commandLineOf } from './processes.ts'

const folder = mkdtempSync(join(tmpdir(), 'weokto-postgres-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const ask = async (url: string, text: string): Promise<Record<string, unknown>[]> => {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

test('keeps its data over a restart and runs in UTC and UTF-8, with citext and many connections', async () => {
  const dataDir = join(folder, 'kept')
  const first = await startPostgres({ dataDir, fast: true })
  await ask(first.adminUrl, "CREATE EXTENSION citext; CREATE TABLE kept (word citext); INSERT INTO kept VALUES ('ÉTÉ')")
  await first.stop()
  expect(commandLineOf(first.pid)).toBe('')
  const second = await startPostgres({ dataDir, fast: true })
  const settings =
    "current_setting('TimeZone') AS zone, current_setting('server_encoding') AS encoding, current_setting('max_connections') AS connections"
  const rows = await ask(second.adminUrl, `SELECT ${settings}, (SELECT word FROM kept WHERE word = 'été') AS word`)
  await second.stop()
  expect(rows).toEqual([{ zone: 'UTC', encoding: 'UTF8', connections: '300', word: 'ÉTÉ' }])
})

test('stops a server that an earlier run left behind in the same folder', async () => {
  const dataDir = join(folder, 'left')
  const left = await startPostgres({ dataDir, fast: true })
  const next = await startPostgres({ dataDir, fast: true })
  expect(await left.exited).toBe('ended with code 0')
  expect(await ask(next.adminUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  await next.stop()
})

test('takes a pid file whose number belongs to a stranger for what it is', async () => {
  const dataDir = join(folder, 'stranger')
  await (await startPostgres({ dataDir, fast: true })).stop()
  writeFileSync(join(dataDir, 'postmaster.pid'), `${process.pid}\n${dataDir}\n`)
  const again = await startPostgres({ dataDir, fast: true })
  expect(await ask(again.adminUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  await again.stop()
})

test('says in one sentence that data come from another version', async () => {
  const dataDir = join(folder, 'older')
  mkdirSync(dataDir)
  writeFileSync(join(dataDir, 'PG_VERSION'), '15\n')
  await expect(startPostgres({ dataDir })).rejects.toThrow(PlainError)
  await expect(startPostgres({ dataDir })).rejects.toThrow(/made by PostgreSQL 15 and this is 18/)
})

test('says in one sentence why it did not start', async () => {
  const dataDir = join(folder, 'broken')
  await (await startPostgres({ dataDir, fast: true })).stop()
  copyFileSync(join(dataDir, 'PG_VERSION'), join(dataDir, 'postgresql.conf'))
  await expect(startPostgres({ dataDir })).rejects.toThrow(
    /^PostgreSQL did not start: it ended with code 1: configuration file .* contains errors/,
  )
})
