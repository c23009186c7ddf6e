import { join } from 'node:path'
import { Client } from 'pg'
import { appCredentials, ensureAppRole, parseUrl } from './migrate/app-role.ts'
import { codeOf, MigrationError, messageOf } from './migrate/error.ts'
import { applyFunctions } from './migrate/functions.ts'
import { type MigrationFile, readFile, readMigrations } from './migrate/files.ts'
import { originsIn, writeWebhookOrigins } from './migrate/webhook-origins.ts'

export interface MigrateInput {
  /** Signs in as the owner of the database. */
  adminUrl: string
  /** Signs in as the application; its role is made and given this password. */
  appUrl: string
  folder?: string
  /** The current text of each function; `db/functions` with the migrations that ship, none with others. */
  functions?: string | undefined
  /** Where webhooks may be received, as configured. Without it the list that the database has stays as it is. */
  webhookOrigins?: readonly string[] | undefined
}

/** Any number that is ours: two migrations of one database wait for each other. */
const LOCK = 7_216_401

/**
 * Brings a database up to date: each file in a transaction of its own, then the functions that are newer here, then the application's rights.
 * Returns the names of the files that were applied now. Throws `MigrationError` with one plain sentence.
 */
export async function migrate({ adminUrl, appUrl, folder, functions, webhookOrigins }: MigrateInput): Promise<string[]> {
  const credentials = appCredentials(appUrl)
  const files = readMigrations(folder ?? join(import.meta.dirname, 'migrations'))
  const grants = readFile(join(import.meta.dirname, 'grants.sql'), 'grants.sql')
  const client = await connect(adminUrl)
  try {
    await client.query(`SET timezone TO 'UTC'`)
    await client.query('SELECT pg_advisory_lock($1)', [LOCK])
    // Before anything is written: an older program stops here, and neither its rights nor its password come back.
    const pending = await pendingOf(client, files)
    await ensureAppRole(client, credentials)
    for (const file of pending) await apply(client, file)
    const functionsFolder = functions ?? (folder === undefined ? join(import.meta.dirname, 'functions') : undefined)
    const replaced = functionsFolder === undefined ? [] : await applyFunctions(client, functionsFolder)
    if (folder === undefined) await apply(client, grants)
    if (webhookOrigins) await writeWebhookOrigins(client, webhookOrigins)
    return [...pending.map((file) => file.name), ...replaced.map((name) => `functions/${name}`)]
  } finally {
    await client.end()
  }
}

async function connect(adminUrl: string): Promise<Client> {
  const { host, pathname } = parseUrl('DATABASE_ADMIN_URL', adminUrl)
  const client = new Client({ connectionString: adminUrl })
  try {
    await client.connect()
    return client
  } catch (error) {
    throw new MigrationError(`The database ${pathname.slice(1)} at ${host} does not answer: ${messageOf(error) || codeOf(error)}.`)
  }
}

/** The files that were not applied yet. What was applied may neither have changed nor have gone. */
async function pendingOf(client: Client, files: MigrationFile[]): Promise<MigrationFile[]> {
  await client.query(`CREATE TABLE IF NOT EXISTS schema_migrations (
    name text PRIMARY KEY, hash text NOT NULL, "appliedAt" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP)`)
  const { rows } = await client.query<{ name: string; hash: string }>(`SELECT name, hash FROM schema_migrations WHERE name <> 'grants.sql'`)
  const applied = new Map(rows.map((row) => [row.name, row.hash]))
  const known = new Set(files.map((file) => file.name))
  for (const name of applied.keys()) {
    if (!known.has(name))
      throw new MigrationError(`The database has the migration ${name}, which this version of the program does not know.`)
  }
  for (const { name, hash } of files) {
    if (applied.has(name) && applied.get(name) !== hash)
      throw new MigrationError(`The migration ${name} was changed after it was applied: restore it and write a new one.`)
  }
  return files.filter((file) => !applied.has(file.name))
}

async function apply(client: Client, { name, sql, hash }: MigrationFile): Promise<void> {
  await client.query('BEGIN')
  try {
    // Whoever waits for a table stands in front of everybody who comes after: then nothing is applied, and it is tried again later.
    await client.query(`SET LOCAL lock_timeout = '5s'`)
    await client.query(sql)
    await client.query('INSERT INTO schema_migrations (name, hash) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET hash = excluded.hash', [
      name,
      hash,
    ])
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    if (isLockTimeout(error))
      throw new MigrationError(`The migration ${name} waited 5 seconds for a table that is in use. Nothing of it was applied: try again.`)
    throw new MigrationError(`The migration ${name} is broken${lineOf(error, sql)}: ${messageOf(error)}. Nothing of it was applied.`)
  }
}

const isLockTimeout = (error: unknown): boolean => typeof error === 'object' && error !== null && 'code' in error && error.code === '55P03'

function lineOf(error: unknown, sql: string): string {
  const position = typeof error === 'object' && error !== null && 'position' in error ? Number(error.position) : Number.NaN
  return Number.isInteger(position) ? ` at line ${sql.slice(0, position).split('\n').length}` : ''
}

if (import.meta.main) {
  const { DATABASE_ADMIN_URL: adminUrl, DATABASE_URL: appUrl } = process.env
  try {
    if (!adminUrl || !appUrl)
      throw new MigrationError(
        'Set DATABASE_ADMIN_URL (the role that owns the database) and DATABASE_URL (the role weokto_app with its password).',
      )
    const applied = await migrate({ adminUrl, appUrl, webhookOrigins: originsIn(process.env) })
    console.log(applied.length === 0 ? 'The database is up to date.' : `Applied ${applied.join(', ')}.`)
  } catch (error) {
    console.error(messageOf(error))
    process.exitCode = 1
  }
}
