import { Client, Pool } from 'pg'
import { inject } from 'vitest'
import { dbError } from '#db/client.ts'
import { newId } from '#db/id.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import type { LedgerEntryType, LockProfile, WithdrawalStatus } from '#domain/affiliation/enums.ts'
import * as ledger from '#domain/affiliation/ledger.ts'
import { cents, type Cents } from '#domain/base/money.ts'

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
  /** What the client paid. As much as the commission unless said otherwise: then a refund takes back exactly its own amount. */
  readonly invoiceTotal?: number
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
  const together = asOne(pool)
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
    together,
    ...commissions(admin, app),
    ...refunds(together),
    holding: holding(pool),
    ...events(app, together),
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

type Statement = readonly [sql: string, params: readonly unknown[]]
type RunTogether = (...statements: readonly Statement[]) => Promise<Row[]>

/** Several statements as one transaction of the application, as its batches are; gives the rows of the last. */
const asOne =
  (pool: Pool): RunTogether =>
  async (...statements) => {
    const client = await pool.connect()
    try {
      await client.query('BEGIN')
      let rows: Row[] = []
      for (const [sql, params] of statements) rows = (await client.query<Row>(sql, params.map(toWire))).rows
      await client.query('COMMIT')
      return rows
    } catch (error) {
      await client.query('ROLLBACK')
      throw error
    } finally {
      client.release()
    }
  }

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
  /** A paid invoice and the commission on it, earned in the ledger; gives the commission's id, which is the invoice's too. */
  earn: async (start: CommissionStart): Promise<string> => {
    const { affiliateId, main, extended, earnedAt, mainLockDays = 45, extendedLockDays = 90, profile = 'NEW', held = false } = start
    const id = newId()
    const lockedUntil = new Date(earnedAt.getTime() + mainLockDays * DAY_MS)
    const extendedUntil = new Date(earnedAt.getTime() + extendedLockDays * DAY_MS)
    const status = held ? 'PENDING_LOCK' : 'LOCKED'
    const invoiceTotal = start.invoiceTotal ?? main + extended
    await admin(
      `WITH invoice AS (INSERT INTO invoices (id, "customerId", "amountExcludingTax", "amountIncludingTax", status, "paidAt", kind,
          "taxRateBps", country, "updatedAt") VALUES ($1, 'customer', $11, $11, 'PAID', $2::timestamp, 'RENEWAL', 0, 'FR', $2::timestamp))
        INSERT INTO affiliate_commissions (id, "affiliateProgramId", "affiliateId", "customerId", "invoiceId", status, "lockPeriodDays",
          "lockedUntil", "extendedLockedUntil", "maturesAt", "lockedAmount", "extendedLockAmount", "totalAmount", "policyVersion",
          profile, "earnedAt", "decideBy", "updatedAt")
        VALUES ($1, 'program', $3, 'customer', $1, $4::affiliate_commission_status, $5::int, $6::timestamp, $7::timestamp, $7::timestamp,
          $8::int, $9::int, $8::int + $9::int, 1, $10, $2::timestamp, CASE WHEN $4 = 'PENDING_LOCK' THEN $6::timestamp END, $2::timestamp)`,
      [id, earnedAt, affiliateId, status, mainLockDays, lockedUntil, extendedUntil, main, extended, profile, invoiceTotal],
    )
    const { type, moves } = ledger.commissionEarned(cents(main + extended))
    await app(POST, [affiliateId, `earn:${id}`, type, JSON.stringify(moves), JSON.stringify({ commissionId: id }), earnedAt])
    return id
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

const SETTLE = 'SELECT settle_clawback($1, $2, $3, $4, $5) AS moved'

/** When something happened, and when we heard of it where that was later. */
export type When = Date | { readonly eventAt: Date; readonly now: Date }
const bothOf = (when: When): readonly [eventAt: Date, now: Date] => (when instanceof Date ? [when, when] : [when.eventAt, when.now])

const refunds = (together: RunTogether) => {
  const settleWith = async (commissionId: string, key: string, at: When, write: readonly Statement[], metadata: object = {}) => {
    const rows = await together(...write, [SETTLE, [commissionId, key, JSON.stringify({ metadata }), ...bothOf(at)]])
    return Number(rows[0]?.moved)
  }
  const refundOf = (commissionId: string, id: string, amount: number, at: When, metadata: object): Statement => [
    `INSERT INTO refunds (id, "customerId", "invoiceId", amount, status, "processedAt", metadata, "updatedAt")
      VALUES ($1, 'customer', $2, $3, 'PROCESSED', $4, $5, $4)`,
    [id, commissionId, amount, bothOf(at)[0], JSON.stringify(metadata)],
  ]
  return {
    /** Settles whatever was written before; gives the difference that was posted, as all of these do. */
    settle: (commissionId: string, key: string, at: When) => settleWith(commissionId, key, at, []),
    /** Money goes back to the client, and the affiliate's share of it with it. */
    refund: (commissionId: string, amount: number, at: When, id = newId()) =>
      settleWith(commissionId, `refund:${id}`, at, [refundOf(commissionId, id, amount, at, {})]),
    /** A dispute is lost. */
    lose: (commissionId: string, amount: number, at: When, id = newId()) =>
      settleWith(commissionId, `lost:${id}`, at, [refundOf(commissionId, id, amount, at, { kind: 'chargeback' })]),
    /** A dispute that was lost is won after all. */
    win: (commissionId: string, refundId: string, at: When) =>
      settleWith(commissionId, `won:${refundId}`, at, [
        ['INSERT INTO dispute_outcomes ("refundId", "wonAt") VALUES ($1, $2)', [refundId, bothOf(at)[0]]],
      ]),
    rejectHold: (commissionId: string, at: When) => settleWith(commissionId, `reject:${commissionId}`, at, [], { holdRejected: true }),
  }
}

/** Runs `meanwhile` while the commission's row is held by the transaction that `settle` then settles it in. */
const holding =
  (pool: Pool) =>
  async (commissionId: string, meanwhile: (settle: (at: Date) => Promise<unknown>) => Promise<void>): Promise<void> => {
    const client = await pool.connect()
    try {
      await client.query('BEGIN')
      await client.query('SELECT FROM affiliate_commissions WHERE id = $1 FOR UPDATE', [commissionId])
      await meanwhile((at) => client.query(SETTLE, [commissionId, newId(), '{}', at.toISOString(), at.toISOString()]))
      await client.query('COMMIT')
    } finally {
      client.release()
    }
  }

const POST = 'SELECT post_ledger($1, $2, $3, $4, $5, $6, $6) AS "transactionId"'

const events = (app: Run, together: RunTogether) => {
  const posted = (affiliateId: string, key: string, { type, moves }: ledger.Posting, at: Date, refs: Refs): Statement => [
    POST,
    [affiliateId, key, type, JSON.stringify(moves), JSON.stringify(refs), at],
  ]
  const post = async (affiliateId: string, key: string, posting: ledger.Posting, at: Date, refs: Refs = {}): Promise<string | null> => {
    const rows = await app(...posted(affiliateId, key, posting, at, refs))
    const transactionId = rows[0]?.transactionId
    return typeof transactionId === 'string' ? transactionId : null
  }
  const adjust = (affiliateId: string, key: string, amount: number, at: Date) => {
    const posting = amount > 0 ? ledger.adjustmentCredit(cents(amount)) : ledger.adjustmentDebit(cents(0 - amount))
    return post(affiliateId, key, posting, at, { createdBy: affiliateId, description: 'test' })
  }
  /** Asks for a withdrawal; what follows are its steps. Each writes the request, then what it moves. */
  const withdraw = async (affiliateId: string, gross: number, at: Date) => {
    const id = newId()
    const fee = Math.floor((gross * 3) / 100)
    const amounts = { gross: cents(gross), net: cents(gross - fee), fee: cents(fee) }
    const step = (name: string, write: Statement, posting: ledger.Posting) =>
      together(write, posted(affiliateId, `${id}:${name}`, posting, at, { withdrawalId: id }))
    const become = (status: WithdrawalStatus): Statement => [
      `UPDATE withdrawal_requests SET status = $2, "rejectionReason" = 'test' WHERE id = $1`,
      [id, status],
    ]
    const request: Statement = [
      `INSERT INTO withdrawal_requests (id, "affiliateId", "requestedAmount", "feeAmount", "netAmount", "updatedAt")
        VALUES ($1, $2, $3, $4, $5, $6)`,
      [id, affiliateId, gross, fee, amounts.net, at],
    ]
    await step('request', request, ledger.withdrawalRequested(amounts.gross))
    const approve = () => step('approve', become('APPROVED'), ledger.withdrawalApproved(amounts)[0])
    const settle = () => step('pay', become('PAID'), ledger.withdrawalPaid(amounts.net))
    const giveBack = (from: 'PENDING_REVIEW' | 'APPROVED' = 'PENDING_REVIEW') =>
      step('reject', become('REJECTED'), ledger.withdrawalGivenBack('WITHDRAWAL_REJECTED', from, amounts))
    const sendBack = () => step('return', become('RETURNED'), ledger.withdrawalReturned(amounts.gross))
    const pay = async (): Promise<void> => {
      await approve()
      await settle()
    }
    return { id, amounts, approve, settle, pay, giveBack, sendBack }
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
