import { Client } from 'pg'
import { expect, inject } from 'vitest'
import type { TestDatabase } from '#db/testing.ts'

export interface Held {
  /** Until somebody stands before the lock. */
  reached: () => Promise<void>
  /** Commits what was written and lets them go on. */
  release: () => Promise<void>
}

/** Writes and does not commit yet, so that whoever wants the same row stands still exactly there. `wanting` is a part of their statement. */
export async function hold(t: TestDatabase, wanting: string, write: string, values: unknown[] = []): Promise<Held> {
  const url = new URL(inject('adminUrl'))
  url.pathname = new URL(t.databaseUrl).pathname
  const client = new Client({ connectionString: url.href, options: '-c timezone=UTC' })
  await client.connect()
  await client.query('begin')
  await client.query(write, values.length === 0 ? undefined : values)
  const waiting = () =>
    t.admin(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%' || $1 || '%'`,
      [wanting],
    )
  return {
    reached: () => expect.poll(async () => (await waiting()).length, { timeout: 10_000 }).toBe(1),
    release: async () => {
      await client.query('commit')
      await client.end()
    },
  }
}
