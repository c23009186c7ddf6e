import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Client } from 'pg'
import { MigrationError, messageOf } from './error.ts'
import { readFile, type MigrationFile } from './files.ts'

/** A file of functions: its first line says which version of them it holds. */
interface FunctionFile extends MigrationFile {
  version: number
}

const VERSION = /^-- Version (\d{1,6})$/m

/** The files of a folder by name. Each begins with `-- Version N`. */
export function readFunctions(folder: string): FunctionFile[] {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
  return names.map((name) => {
    const { sql, hash } = readFile(join(folder, name), name)
    const [, version] = VERSION.exec(sql.split('\n', 1)[0] ?? '') ?? []
    if (version === undefined) throw new MigrationError(`db/functions/${name} does not begin with "-- Version N".`)
    return { name, sql, hash, version: Number(version) }
  })
}

/**
 * Brings the functions up to date, all of those that are newer than what the database has in one transaction: they call one another. An older
 * version leaves what a newer one put there. Returns the names of the files that were applied now.
 */
export async function applyFunctions(client: Client, folder: string): Promise<string[]> {
  await client.query(`CREATE TABLE IF NOT EXISTS schema_functions (
    name text PRIMARY KEY, version int NOT NULL, hash text NOT NULL, "appliedAt" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP)`)
  const pending = await newerThanApplied(client, readFunctions(folder))
  if (pending.length === 0) return []
  await client.query('BEGIN')
  try {
    // A function may call one that stands further below, or in a file that comes later.
    await client.query(`SET LOCAL check_function_bodies = off; SET LOCAL lock_timeout = '5s'`)
    for (const file of pending) await applyFile(client, file)
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  }
  return pending.map(({ name }) => name)
}

async function newerThanApplied(client: Client, files: readonly FunctionFile[]): Promise<FunctionFile[]> {
  const { rows } = await client.query<{ name: string; version: number; hash: string }>('SELECT name, version, hash FROM schema_functions')
  const applied = new Map(rows.map((row) => [row.name, row]))
  return files.filter(({ name, version, hash }) => {
    const there = applied.get(name)
    if (there?.version === version && there.hash !== hash)
      throw new MigrationError(`db/functions/${name} was changed after its version ${version} was applied: give it version ${version + 1}.`)
    return there === undefined || there.version < version
  })
}

async function applyFile(client: Client, { name, sql, version, hash }: FunctionFile): Promise<void> {
  try {
    await client.query(sql)
  } catch (error) {
    throw new MigrationError(`db/functions/${name} is broken: ${messageOf(error)}. No function was changed.`)
  }
  await client.query(
    `INSERT INTO schema_functions (name, version, hash) VALUES ($1, $2, $3)
      ON CONFLICT (name) DO UPDATE SET version = excluded.version, hash = excluded.hash, "appliedAt" = CURRENT_TIMESTAMP`,
    [name, version, hash],
  )
}
