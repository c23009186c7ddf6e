import { Client } from 'pg'
import { expect } from 'vitest'
import type { TestDatabase } from '#db/testing.ts'

/**
 * Lets `asked` run until it waits for rows that somebody else holds, does `meanwhile`, and lets go: what happens between the moment at which a
 * request read and the moment at which it writes.
 */
export async function whileItWaits<T>(
  t: TestDatabase,
  rows: string,
  asked: () => Promise<T>,
  meanwhile: () => Promise<unknown>,
): Promise<T> {
  const holder = new Client({ connectionString: t.databaseUrl })
  await holder.connect()
  try {
    await holder.query('begin')
    await holder.query(`${rows} for update`)
    const answer = asked()
    await expect.poll(() => waiters(t), { timeout: 10_000 }).toBeGreaterThan(0)
    await meanwhile()
    await holder.query('commit')
    return await answer
  } finally {
    await holder.end()
  }
}

async function waiters(t: TestDatabase): Promise<number> {
  const [row] = await t.admin<{ n: number }>(
    `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  )
  return row?.n ?? 0
}
