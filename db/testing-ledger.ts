import { Client, Pool } from 'pg'
import { inject } from 'vitest'
import type { LedgerEntryType, LockProfile, WithdrawalStatus } from '#domain/enums.ts'
import { newId } from '#domain/id.ts'
import * as ledger from '#domain/ledger.ts'
import { cents, type Cents } from '#domain/money.ts'
import { dbError } from './client.ts'
import { testDatabase, type TestDatabase } from './testing.ts'

export const DAY_MS = 86_400_000
export const day = (n: number): Date => new Date(Date.UTC(2026, 0, 1) + n * DAY_MS)

export type CommissionStart = {
  readonly affiliateId: string
  readonly main: number
  readonly extended: number
  readonly earnedAt: Date
  readonly mainLockDays?: number
  readonly extendedLockDays?: number
  readonly profile?: LockProfile
  readonly held?: boolean
}

export type Refs = {
  readonly commissionId?: string
  readonly withdrawalId?: string
  readonly createdBy?: string
  readonly description?: string
}
export type LedgerWorld = Awaited<ReturnType<typeof ledgerWorld>>

/** Where ledger tests live: a database of their own, a product with a program, and the application's role to write with. */
export async function ledgerWorld() {
  const t = await testDatabase()
  const pool = new Pool({ connectionString: t.databaseUrl, max: 10 })
  // Dropping the database may cut a connection that is still closing, which is no failure.
  pool.on('error', () => undefined)
  const admin: Run = (sql, params = []) => t.admin(sql, params.length > 0 ? params.map(toWire) : undefined)
  const app: Run = async (sql, params = []) => (await pool.query<Row>(sql, params.map(toWire))).rows
  await admin(`INSERT INTO communities (id, platform, name, slug, "updatedAt") VALUES ('community', 'STAM', 'C', 'c', now());
    INSERT INTO products (id, "communityId", slug, name, "updatedAt") VALUES ('product', 'community', 'p', 'P', now());
    INSERT INTO stam_users (id, email, "authId", "updatedAt") VALUES ('buyer', 'buyer@example.test', 'buyer', now());
    INSERT INTO customers (id, "stamUserId", "productId", "updatedAt") VALUES ('customer', 'buyer', 'product', now());
    INSERT INTO affiliate_programs (id, "productId", "defaultRateType", "defaultRate", "updatedAt")
      VALUES ('program', 'product', 'percentage', 0.3, now())`)
  const close = async (): Promise<void> => {
    await pool.end()
    await t.close()
  }
  const http = { databaseUrl: t.databaseUrl, httpEndpoint: t.httpEndpoint }
  return {
    admin,
    app,
    http,
    close,
    tampered: tampered(t),
    ...people(admin),
    ...commissions(admin, app),
    ...events(admin, app),
    ...reads(admin),
  }
}

/**
 * Changes the books as somebody with every right would, triggers switched off, shows them to `look`, and takes the
 * change back: each tampering starts from sound books.
 */
const tampered =
  (t: TestDatabase) =>
  async (change: string, look: (query: (sql: string) => Promise<Row[]>) => Promise<void>): Promise<void> => {
    const url = new URL(inject('adminUrl'))
    url.pathname = new URL(t.databaseUrl).pathname
    const client = new Client({ connectionString: url.href })
    await client.connect()
    try {
      await client.query('BEGIN; SET LOCAL session_replication_role = replica')
      await client.query(change)
      await look(async (sql) => (await client.query<Row>(sql)).rows)
    } finally {
      await client.query('ROLLBACK')
      await client.end()
    }
  }

/** What the database answered to something that must be refused: its code and the constraint's name. */
export async function refusal(run: () => Promise<unknown>): Promise<string> {
  try {
    await run()
  } catch (error) {
    const said = dbError(error)
    if (said) return `${said.code} ${said.constraint}`
    throw error
  }
  throw new Error('It should have been refused.')
}

type Row = Record<string, unknown>
type Run = (sql: string, params?: readonly unknown[]) => Promise<Row[]>

/** The plain driver would write a Date in the machine's own time zone, and the column would believe it. */
const toWire = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : value)

const people = (admin: Run) => ({
  /** A new affiliate with a profile and six empty accounts; gives its id. */
  affiliate: async (): Promise<string> => {
    const id = newId()
    await admin(`INSERT INTO weokto_users (id, email, "authId", "updatedAt") VALUES ($1, $1 || '@example.test', $1, now())`, [id])
    await admin(`INSERT INTO affiliate_profiles (id, "userId", "updatedAt") VALUES ($1, $1, now())`, [id])
    return id
  },
  block: (affiliateId: string, at: Date | null) =>
    admin(`UPDATE affiliate_profiles SET "blockedAt" = $2 WHERE "userId" = $1`, [affiliateId, at]),
})

const commissions = (admin: Run, app: Run) => ({
  /** A paid invoice and the commission on it, earned in the ledger; gives the commission's id. */
  earn: async (start: CommissionStart): Promise<string> => {
    const { affiliateId, main, extended, earnedAt, mainLockDays = 45, extendedLockDays = 90, profile = 'NEW', held = false } = start
    const id = newId()
    const lockedUntil = new Date(earnedAt.getTime() + mainLockDays * DAY_MS)
    const extendedUntil = new Date(earnedAt.getTime() + extendedLockDays * DAY_MS)
    await admin(
      `WITH invoice AS (INSERT INTO invoices (id, "customerId", "amountExcludingTax", "amountIncludingTax", status, "paidAt", kind,
          "taxRateBps", country, "updatedAt") VALUES ($1, 'customer', 4083, 4083, 'PAID', $2::timestamp, 'RENEWAL', 0, 'FR', $2::timestamp))
        INSERT INTO affiliate_commissions (id, "affiliateProgramId", "affiliateId", "customerId", "invoiceId", status, "lockPeriodDays",
          "lockedUntil", "extendedLockedUntil", "maturesAt", "lockedAmount", "extendedLockAmount", "totalAmount", "policyVersion",
          profile, "earnedAt", "decideBy", "updatedAt")
        VALUES ($1, 'program', $3, 'customer', $1, $4::affiliate_commission_status, $5::int, $6::timestamp, $7::timestamp, $7::timestamp,
          $8::int, $9::int, $8::int + $9::int, 1, $10, $2::timestamp, CASE WHEN $4 = 'PENDING_LOCK' THEN $6::timestamp END, $2::timestamp)`,
      [id, earnedAt, affiliateId, held ? 'PENDING_LOCK' : 'LOCKED', mainLockDays, lockedUntil, extendedUntil, main, extended, profile],
    )
    const { type, moves } = ledger.commissionEarned(cents(main + extended))
    await app(POST, [affiliateId, `earn:${id}`, type, JSON.stringify(moves), JSON.stringify({ commissionId: id }), earnedAt])
    return id
  },
  /** Brings what is clawed back to `target`; gives the difference that was posted. */
  clawBack: async (commissionId: string, target: number, key: string, at: Date, metadata: object = {}): Promise<number> => {
    const rows = await app('SELECT settle_clawback($1, $2, $3, $4, $5, $5) AS moved', [
      commissionId,
      target,
      key,
      JSON.stringify({ metadata }),
      at,
    ])
    return Number(rows[0]?.moved)
  },
  /** Matures until nothing is due; gives the number of parts. */
  mature: async (now: Date, limit = 1000): Promise<number> => {
    for (let parts = 0; ;) {
      const rows = await app('SELECT portions FROM mature_commissions($1, $2)', [now, limit])
      const matured = Number(rows[0]?.portions)
      if (matured === 0) return parts
      parts += matured
    }
  },
})

const POST = 'SELECT post_ledger($1, $2, $3, $4, $5, $6, $6) AS "transactionId"'

const events = (admin: Run, app: Run) => {
  const post = async (affiliateId: string, key: string, posting: ledger.Posting, at: Date, refs: Refs = {}): Promise<string | null> => {
    const rows = await app(POST, [affiliateId, key, posting.type, JSON.stringify(posting.moves), JSON.stringify(refs), at])
    const transactionId = rows[0]?.transactionId
    return typeof transactionId === 'string' ? transactionId : null
  }
  const adjust = (affiliateId: string, key: string, amount: number, at: Date) => {
    const posting = amount > 0 ? ledger.adjustmentCredit(cents(amount)) : ledger.adjustmentDebit(cents(0 - amount))
    return post(affiliateId, key, posting, at, { createdBy: affiliateId, description: 'test' })
  }
  /** Asks for a withdrawal; what follows is its payment, or its rejection before approval. */
  const withdraw = async (affiliateId: string, gross: number, at: Date) => {
    const id = newId()
    const fee = Math.floor((gross * 3) / 100)
    const amounts = { gross: cents(gross), net: cents(gross - fee), fee: cents(fee) }
    await admin(
      `INSERT INTO withdrawal_requests (id, "affiliateId", "requestedAmount", "feeAmount", "netAmount", "updatedAt")
        VALUES ($1, $2, $3, $4, $5, $6)`,
      [id, affiliateId, gross, fee, amounts.net, at],
    )
    const step = (name: string, posting: ledger.Posting) => post(affiliateId, `${id}:${name}`, posting, at, { withdrawalId: id })
    await step('request', ledger.withdrawalRequested(amounts.gross))
    const become = (status: WithdrawalStatus) =>
      admin(`UPDATE withdrawal_requests SET status = $2, "rejectionReason" = 'test' WHERE id = $1`, [id, status])
    const pay = async (): Promise<void> => {
      const [approved, fees] = ledger.withdrawalApproved(amounts)
      await step('approve', approved)
      await step('fee', fees)
      await step('pay', ledger.withdrawalPaid(amounts.net))
      await become('PAID')
    }
    const giveBack = async (): Promise<void> => {
      await step('reject', ledger.withdrawalGivenBack('WITHDRAWAL_REJECTED', 'PENDING_REVIEW', amounts))
      await become('REJECTED')
    }
    const sendBack = async (): Promise<void> => {
      await step('return', ledger.withdrawalReturned(amounts.gross))
      await become('RETURNED')
    }
    return { pay, giveBack, sendBack }
  }
  return { post, adjust, withdraw }
}

const reads = (admin: Run) => ({
  balances: async (affiliateId: string): Promise<ledger.Balances> => {
    const rows = await admin('SELECT account, balance FROM affiliate_balances WHERE "affiliateId" = $1', [affiliateId])
    const entries = rows.map((row): [string, Cents] => [String(row.account), cents(Number(row.balance))])
    return { ...ledger.NO_BALANCES, ...Object.fromEntries(entries) }
  },
  status: async (commissionId: string): Promise<unknown> => {
    const rows = await admin('SELECT status FROM affiliate_commissions WHERE id = $1', [commissionId])
    return rows[0]?.status
  },
  countEntries: async (affiliateId: string, type: LedgerEntryType): Promise<number> => {
    const rows = await admin('SELECT count(*) FROM affiliate_ledger WHERE "affiliateId" = $1 AND type = $2', [affiliateId, type])
    return Number(rows[0]?.count)
  },
})
