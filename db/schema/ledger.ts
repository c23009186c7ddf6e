import { integer, jsonb, pgTable, primaryKey, text, type AnyPgColumn } from 'drizzle-orm/pg-core'
import { bigSerialId, fkey, idColumn, indexOn, instant, instantNow, uniqueOn } from './columns.ts'
import { affiliateCommissions } from './commission.ts'
import { ledgerAccount, ledgerEntryType } from './enums.ts'
import { weoktoUsers } from './person.ts'
import { withdrawalRequests } from './withdrawal.ts'

/**
 * The immutable double-entry ledger. Rows are inserted by the SQL function `post_ledger` and by nothing else;
 * a trigger and the application's privileges refuse every change. Amounts are cents, credits positive.
 */
export const affiliateLedger = pgTable(
  'affiliate_ledger',
  {
    id: idColumn(),
    affiliateId: text().notNull(),
    type: ledgerEntryType().notNull(),
    amount: integer().notNull(),
    currency: text().notNull().default('EUR'),
    balanceAfter: integer().notNull(),
    commissionId: text(),
    withdrawalId: text(),
    description: text().notNull(),
    metadata: jsonb().$type<Record<string, unknown>>(),
    createdAt: instantNow(),
    createdBy: text(),
    account: ledgerAccount().notNull(),
    transactionId: text().notNull(),
    seq: integer().notNull(),
    idempotencyKey: text().notNull(),
    eventAt: instant().notNull(),
  },
  (t) => [
    uniqueOn(t.affiliateId, t.account, t.seq),
    uniqueOn(t.idempotencyKey),
    indexOn(t.affiliateId, t.createdAt),
    indexOn(t.type),
    indexOn(t.transactionId),
    indexOn(t.commissionId),
    indexOn(t.withdrawalId),
    // A row of the ledger can be neither deleted nor emptied of a reference, so what it names stays too.
    fkey(t.affiliateId, (): AnyPgColumn => weoktoUsers.id),
    fkey(t.commissionId, (): AnyPgColumn => affiliateCommissions.id),
    fkey(t.withdrawalId, (): AnyPgColumn => withdrawalRequests.id),
    fkey(t.createdBy, (): AnyPgColumn => weoktoUsers.id),
  ],
)

/** The last `balanceAfter` and `seq` of each account: a cache that the ledger is checked against. */
export const affiliateBalances = pgTable(
  'affiliate_balances',
  {
    affiliateId: text().notNull(),
    account: ledgerAccount().notNull(),
    balance: integer().notNull().default(0),
    seq: integer().notNull().default(0),
  },
  (t) => [
    primaryKey({ name: 'affiliate_balances_pkey', columns: [t.affiliateId, t.account] }),
    fkey(t.affiliateId, (): AnyPgColumn => weoktoUsers.id),
  ],
)

/** Each credit to AVAILABLE, and what is left of it. The oldest (lowest `seq`) is spent first. */
export const affiliateLots = pgTable(
  'affiliate_lots',
  {
    id: idColumn(),
    affiliateId: text().notNull(),
    commissionId: text(),
    source: text().notNull(),
    amount: integer().notNull(),
    remaining: integer().notNull(),
    createdAt: instantNow(),
    eventAt: instant().notNull(),
    seq: bigSerialId().notNull(),
  },
  (t) => [
    uniqueOn(t.seq),
    indexOn(t.affiliateId, t.seq),
    indexOn(t.commissionId),
    fkey(t.affiliateId, (): AnyPgColumn => weoktoUsers.id),
    fkey(t.commissionId, (): AnyPgColumn => affiliateCommissions.id, 'restrict'),
  ],
)

/** Which transaction of the ledger took how much of which lot. */
export const affiliateLotTakes = pgTable(
  'affiliate_lot_takes',
  {
    lotId: text().notNull(),
    transactionId: text().notNull(),
    amount: integer().notNull(),
  },
  (t) => [
    primaryKey({ name: 'affiliate_lot_takes_pkey', columns: [t.lotId, t.transactionId] }),
    indexOn(t.transactionId),
    fkey(t.lotId, (): AnyPgColumn => affiliateLots.id),
  ],
)
