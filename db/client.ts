import { neon, neonConfig } from '@neondatabase/serverless'
import { sql, type SQL, type SQLWrapper } from 'drizzle-orm'
import { drizzle, type NeonHttpDatabase } from 'drizzle-orm/neon-http'
import * as schema from '#db/schema/all.ts'

export type Db = NeonHttpDatabase<typeof schema>

export interface ConnectInput {
  databaseUrl: string
  /** Where Neon's HTTP protocol is spoken when it is not Neon itself. */
  httpEndpoint?: string | undefined
  /** How long one call may last; `CALL_TIMEOUT_MS` when absent. */
  timeoutMs?: number
}

/**
 * Longer than the database itself lets a statement run (`ROLE_TIMEOUTS` in db/migrate/app-role.ts), so that it says what was wrong; what lasts longer
 * is a connection that is gone. Whether such a call was carried out nobody knows, as with every answer that is lost.
 */
const CALL_TIMEOUT_MS = 30_000

interface CallInit extends RequestInit {
  endpoint?: string
  timeoutMs?: number
}

/**
 * Neon's driver knows one endpoint for the whole process, and a process may hold several clients. So each client puts
 * its own endpoint among the options of its fetch, and here it is taken out again. A signal among those options would be one for all calls.
 */
neonConfig.fetchFunction = (url: string, { endpoint, timeoutMs = CALL_TIMEOUT_MS, ...init }: CallInit) =>
  fetch(endpoint ?? url, { ...init, signal: AbortSignal.timeout(timeoutMs) })

/**
 * The driver writes a bare Date in the machine's own time zone. Every instant here is UTC, so it is sent as UTC text;
 * columns of type timestamp ignore the "Z".
 */
const toWire = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : value)

/** A client makes no connection: each statement, or each batch as one transaction, is one HTTP request. */
export function connect({ databaseUrl, httpEndpoint: endpoint, timeoutMs }: ConnectInput): Db {
  const client = neon(databaseUrl, { fetchOptions: { endpoint, timeoutMs } })
  const send: typeof client.query = client.query.bind(client)
  client.query = (text, params, options) => send(text, params?.map(toWire), options)
  return drizzle(client, { schema })
}

/** An insert, update or delete before `.returning()`: what `must` can count. */
type Write = SQLWrapper & Record<'returning', unknown>

/**
 * A write that must touch exactly `rows` rows. A batch does not guard by itself: an update that finds nothing raises
 * nothing and the next statement runs. This raises SQLSTATE GU001 with `name` as its constraint, which undoes the batch.
 */
export function must(db: Db, name: string, write: Write, rows = 1) {
  return db.execute<{ ok: boolean }>(guarded(name, write, rows))
}

function guarded(name: string, write: Write, rows: number): SQL {
  return sql`with "written" as (${write.getSQL()} returning 1) select guard(count(*) = ${rows}, ${name}) as "ok" from "written"`
}

/** Takes these names for the rest of the transaction; whoever names one of them too waits (`db/functions/guard.sql`). */
export function lockNames(db: Db, names: readonly string[]) {
  return db.execute(sql`select lock_names(${JSON.stringify(names)}::jsonb)`)
}

export interface DbError {
  /** SQLSTATE. */
  code: string
  /** The constraint or guard that refused; empty when the database names none. */
  constraint: string
  detail?: string
}

const textOf = (error: object, key: string): string => {
  const value: unknown = Reflect.get(error, key)
  return typeof value === 'string' ? value : ''
}

/** What the database said, however deep the driver wrapped it; null when it was something else, such as a lost connection. */
export function dbError(error: unknown): DbError | null {
  for (let at = error, depth = 0; at instanceof Error && depth < 8; at = at.cause, depth++) {
    const code = textOf(at, 'code')
    if (!/^[0-9A-Z]{5}$/.test(code) || textOf(at, 'severity') === '') continue
    const detail = textOf(at, 'detail')
    return { code, constraint: textOf(at, 'constraint'), ...(detail === '' ? {} : { detail }) }
  }
  return null
}

/** Another writer was first: what was decided rests on what is no longer true. */
const STALE = new Set(['GU001', '40001', '40P01'])

export interface Reloading {
  tries?: number
  /** Unique constraints whose violation also means that another writer was first. */
  unique?: readonly string[]
}

/** Runs load, decide and write again, from the load, when another writer was first; at most `tries` times. */
export async function reloading<T>(run: () => Promise<T>, { tries = 3, unique = [] }: Reloading = {}): Promise<T> {
  for (let left = tries; ; left--) {
    try {
      return await run()
    } catch (error) {
      const said = dbError(error)
      const isStale = said !== null && (STALE.has(said.code) || (said.code === '23505' && unique.includes(said.constraint)))
      if (!isStale || left <= 1) throw error
    }
  }
}
