import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { makeAffiliate, makeOffer } from '#dev/testing/people.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await testDatabase()
})
afterAll(() => t.close())

const HOUR_OLD = 3
const MONTHS_OLD = 5000

/** Rows of commissions that were read so far, by whichever way. */
async function rowsRead(): Promise<number> {
  const [row] = await t.admin<{ n: number }>(`select
    ((select seq_tup_read from pg_stat_user_tables where relname = 'affiliate_commissions')
    + (select sum(idx_tup_read) from pg_stat_user_indexes where relname = 'affiliate_commissions'))::int as n`)
  return row?.n ?? 0
}

test('recent sales are counted without reading the others, by a plan that is kept too', async () => {
  const affiliate = await makeAffiliate(t.db)
  const { program } = await makeOffer(t.db)
  const sold = `insert into affiliate_commissions (id, "affiliateProgramId", "affiliateId", status, "lockPeriodDays", "lockedUntil", "maturesAt",
      "lockedAmount", "extendedLockAmount", "totalAmount", "policyVersion", profile, "earnedAt", "updatedAt")
    select gen_random_uuid(), $1, $2, 'LOCKED', 30, now() + interval '1 month', now() + interval '1 month', 10, 0, 10, 1, 'VALIDATED',
      now() - $3::interval, now() from generate_series(1, $4::int)`
  await t.admin(sold, [program?.id, affiliate.id, '1 hour', HOUR_OLD])
  await t.admin(sold, [program?.id, affiliate.id, '90 days', MONTHS_OLD])
  await t.admin('analyze affiliate_commissions')
  await t.admin('select pg_stat_force_next_flush()')
  const before = await rowsRead()
  const client = new Client({ connectionString: t.databaseUrl })
  await client.connect()
  try {
    await client.query('set plan_cache_mode = force_generic_plan')
    const { rows } = await client.query(`select "recentSales" from hold_facts($1, '', '', null, null, 24, 100000, now()::timestamp)`, [
      affiliate.id,
    ])
    expect(rows).toEqual([{ recentSales: HOUR_OLD }])
    await client.query('select pg_stat_force_next_flush()')
  } finally {
    await client.end()
  }
  await expect.poll(async () => (await rowsRead()) - before).toBe(HOUR_OLD)
})
