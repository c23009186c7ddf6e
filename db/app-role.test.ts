import { Client } from 'pg'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LEDGER_ACCOUNTS } from '#domain/affiliation/enums.ts'
import { newId } from './id.ts'
import { dbError } from './client.ts'
import * as s from './schema/all.ts'
import { testDatabase, type TestDatabase } from './testing.ts'

let t: TestDatabase
let affiliateId = ''
beforeAll(async () => {
  t = await testDatabase()
  const [user] = await t.db.insert(s.weoktoUsers).values({ email: 'a@example.com', authId: newId() }).returning()
  affiliateId = user?.id ?? ''
  await t.db.insert(s.affiliateProfiles).values({ userId: affiliateId })
  const moves = JSON.stringify([
    { account: 'PLATFORM', amount: -1000 },
    { account: 'AVAILABLE', amount: 1000 },
  ])
  const refs = JSON.stringify({ description: 'A gift', createdBy: affiliateId })
  const at = new Date('2026-05-01T10:00:00Z')
  await t.db.execute(sql`select post_ledger(${affiliateId}, 'k', 'ADJUSTMENT_CREDIT', ${moves}::jsonb, ${refs}::jsonb, ${at}, ${at})`)
})
afterAll(() => t.close())

async function codeOf(run: PromiseLike<unknown>): Promise<string | undefined> {
  try {
    await run
  } catch (error) {
    return dbError(error)?.code
  }
  throw new Error('It should have been refused.')
}
const FORBIDDEN = '42501'

describe("the application's role", () => {
  it('lets no statement, no wait and no open transaction last, whichever way it comes in', async () => {
    const client = new Client({ connectionString: t.databaseUrl })
    await client.connect()
    const read = async (name: string) => (await client.query<Record<string, string>>(`SHOW ${name}`)).rows[0]?.[name]
    const names = ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', 'TimeZone']
    const found: unknown[] = []
    for (const name of names) found.push(await read(name))
    await client.end()
    expect(found).toEqual(['20s', '10s', '1min', 'UTC'])
  })

  it('writes the ledger through its function', async () => {
    const rows = await t.db
      .select()
      .from(s.affiliateLedger)
      .where(eq(s.affiliateLedger.affiliateId, affiliateId))
      .orderBy(s.affiliateLedger.account)
    expect(rows.map((row) => [row.account, row.amount, row.balanceAfter, row.seq])).toEqual([
      ['PLATFORM', -1000, -1000, 1],
      ['AVAILABLE', 1000, 1000, 1],
    ])
  })

  it.each([
    `INSERT INTO affiliate_ledger SELECT * FROM affiliate_ledger`,
    `UPDATE affiliate_ledger SET amount = 1`,
    `DELETE FROM affiliate_ledger`,
    `TRUNCATE affiliate_ledger`,
    `UPDATE affiliate_balances SET balance = 1000000`,
    `DELETE FROM affiliate_balances`,
    `INSERT INTO affiliate_balances VALUES ('x', 'AVAILABLE', 1, 1)`,
    `UPDATE affiliate_lots SET remaining = amount`,
    `DELETE FROM affiliate_lot_takes`,
    `UPDATE audit_log SET reason = ''`,
    `DELETE FROM audit_log`,
    `UPDATE policies SET json = '{}'`,
    `DELETE FROM invoices`,
    `DELETE FROM affiliate_commissions`,
    `SELECT * FROM schema_migrations`,
    `UPDATE schema_functions SET version = 99`,
    `ALTER TABLE affiliate_ledger DISABLE TRIGGER affiliate_ledger_immutable`,
    `CREATE TABLE mine (id int)`,
  ])('may not %s', async (statement) => {
    const code = await codeOf(t.db.execute(sql.raw(statement)))
    expect(code).toBe(FORBIDDEN)
  })

  it('may read and write every other table', async () => {
    const rows = await t.admin<{ name: string }>(`
      SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
        AND NOT has_table_privilege('weokto_app', oid, 'SELECT, INSERT') ORDER BY relname`)
    expect(rows.map((row) => row.name)).toEqual(['schema_functions', 'schema_migrations'])
    const closed = await t.admin<{ name: string }>(`
      SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
        AND NOT has_table_privilege('weokto_app', oid, 'INSERT') ORDER BY relname`)
    expect(closed.map((row) => row.name)).toEqual([
      'affiliate_balances',
      'affiliate_ledger',
      'affiliate_lot_takes',
      'affiliate_lots',
      'schema_functions',
      'schema_migrations',
      'webhook_origins',
    ])
  })

  it('lives in UTC', async () => {
    expect((await t.db.execute<{ zone: string }>(sql`select current_setting('timezone') as zone`)).rows).toEqual([{ zone: 'UTC' }])
  })
})

describe('the ledger', () => {
  it.each(['UPDATE affiliate_ledger SET amount = 1', 'DELETE FROM affiliate_ledger', 'TRUNCATE affiliate_ledger'])(
    'refuses %s even to its owner',
    async (statement) => {
      await expect(t.admin(statement)).rejects.toMatchObject({ constraint: 'affiliate_ledger_immutable' })
    },
  )

  it('opens its six accounts at zero with the affiliate', async () => {
    const [user] = await t.db.insert(s.weoktoUsers).values({ email: 'b@example.com', authId: newId() }).returning()
    await t.db.insert(s.affiliateProfiles).values({ userId: user?.id ?? '' })
    const rows = await t.db
      .select()
      .from(s.affiliateBalances)
      .where(eq(s.affiliateBalances.affiliateId, user?.id ?? ''))
      .orderBy(s.affiliateBalances.account)
    expect(rows.map((row) => [row.account, row.balance, row.seq])).toEqual(LEDGER_ACCOUNTS.map((account) => [account, 0, 0]))
  })
})
