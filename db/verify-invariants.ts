/** One truth about the books, as a query that returns a row for each breach and no row when it holds. */
export type Invariant = { readonly name: string; readonly says: string; readonly sql: string }

const ACCOUNT_CHAINS = `(
  SELECT *, lag("balanceAfter", 1, 0) OVER chain AS before, row_number() OVER chain AS place,
    last_value("balanceAfter") OVER whole AS last_balance, last_value(seq) OVER whole AS last_seq
  FROM affiliate_ledger WINDOW chain AS (PARTITION BY "affiliateId", account ORDER BY seq),
    whole AS (PARTITION BY "affiliateId", account ORDER BY seq ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
)`

// Written out again, not borrowed from the functions that post: a mistake there must not hide here.
const STILL_LOCKED = `(
  CASE WHEN c."mainMaturedAt" IS NULL THEN c."lockedAmount" - greatest(0, c."clawedBackAmount" - c."extendedLockAmount") ELSE 0 END
  + CASE WHEN c."extendedMaturedAt" IS NULL THEN greatest(0, c."extendedLockAmount" - c."clawedBackAmount") ELSE 0 END)`

const BY_COMMISSION = `(
  SELECT "commissionId" AS id,
    coalesce(sum(amount) FILTER (WHERE type = 'COMMISSION_EARNED' AND account = 'LOCKED'), 0) AS earned,
    coalesce(sum(amount) FILTER (WHERE type = 'COMMISSION_REINSTATED' AND account = 'LOCKED'), 0) AS reinstated,
    coalesce(-sum(amount) FILTER (WHERE type = 'COMMISSION_MATURED' AND account = 'LOCKED'), 0) AS matured,
    coalesce(-sum(amount) FILTER (WHERE type = 'COMMISSION_CLAWED_BACK' AND account = 'LOCKED'), 0) AS clawed_from_locked,
    coalesce(sum(amount) FILTER (WHERE type IN ('COMMISSION_CLAWED_BACK', 'COMMISSION_REINSTATED') AND account = 'PLATFORM'), 0) AS k,
    coalesce(bool_or(type = 'COMMISSION_CLAWED_BACK' AND (metadata->>'holdRejected')::boolean), false) AS rejected,
    min("affiliateId") AS first_affiliate, max("affiliateId") AS last_affiliate
  FROM affiliate_ledger WHERE "commissionId" IS NOT NULL GROUP BY 1
)`

const BY_AFFILIATE = `(
  SELECT l."affiliateId" AS id,
    coalesce(-sum(l.amount) FILTER (WHERE l.type = 'COMMISSION_EARNED' AND l.account = 'PLATFORM'), 0) AS earned,
    coalesce(sum(l.amount) FILTER (WHERE l.type IN ('COMMISSION_CLAWED_BACK', 'COMMISSION_REINSTATED')
      AND l.account = 'PLATFORM' AND NOT c.rejected), 0) AS refunded,
    coalesce(sum(w."requestedAmount") FILTER (WHERE l.type = 'WITHDRAWAL_PAID' AND l.account = 'PLATFORM'), 0)
      + coalesce(sum(l.amount) FILTER (WHERE l.type = 'WITHDRAWAL_RETURNED' AND l.account = 'PLATFORM'), 0) AS withdrawn,
    coalesce(-sum(l.amount) FILTER (WHERE l.account = 'DEBT'), 0) AS debt,
    count(DISTINCT c.id) FILTER (WHERE c.k > 0 AND NOT c.rejected) AS refunds
  FROM affiliate_ledger l LEFT JOIN ${BY_COMMISSION} c ON c.id = l."commissionId"
  LEFT JOIN withdrawal_requests w ON w.id = l."withdrawalId" GROUP BY 1
)`

/**
 * The invariants of the books. Two of the numbered ones come with what they speak of: I9 (each withdrawal's entries
 * follow its state) with the withdrawals, I12 (hash seals over the rows) with the seals' table.
 */
export const INVARIANTS: readonly Invariant[] = [
  {
    name: 'I1',
    says: 'each transaction sums to zero and belongs to one affiliate',
    sql: `SELECT "transactionId", sum(amount) AS sum, count(DISTINCT "affiliateId") AS affiliates FROM affiliate_ledger
      GROUP BY 1 HAVING sum(amount) <> 0 OR count(DISTINCT "affiliateId") > 1`,
  },
  {
    name: 'I2',
    says: 'balanceAfter adds up row by row, seq has no gap from 1, no row is zero',
    sql: `SELECT id, "affiliateId", account, seq, amount, before, "balanceAfter" FROM ${ACCOUNT_CHAINS} l
      WHERE "balanceAfter" <> before + amount OR seq <> place OR amount = 0`,
  },
  {
    name: 'I3',
    says: 'balances are the last balanceAfter, and every affiliate has all six',
    sql: `SELECT coalesce(b."affiliateId", l."affiliateId", p."affiliateId") AS "affiliateId", account, b.balance, l.last_balance, b.seq
      FROM affiliate_balances b
      FULL JOIN (SELECT DISTINCT "affiliateId", account, last_balance, last_seq FROM ${ACCOUNT_CHAINS} c) l USING ("affiliateId", account)
      FULL JOIN (SELECT "userId" AS "affiliateId", account FROM affiliate_profiles, unnest(enum_range(NULL::ledger_account)) AS account) p
        USING (account, "affiliateId")
      WHERE b.balance IS DISTINCT FROM coalesce(l.last_balance, 0) OR b.seq IS DISTINCT FROM coalesce(l.last_seq, 0)`,
  },
  {
    name: 'I4',
    says: 'LOCKED, AVAILABLE, RESERVED and PAYABLE are never below zero, DEBT never above, at any row',
    sql: `SELECT "affiliateId", account, balance FROM (
        SELECT "affiliateId", account, balance FROM affiliate_balances
        UNION ALL SELECT "affiliateId", account, "balanceAfter" FROM affiliate_ledger) all_balances
      WHERE CASE account WHEN 'PLATFORM' THEN false WHEN 'DEBT' THEN balance > 0 ELSE balance < 0 END`,
  },
  {
    name: 'I5',
    says: 'per commission: earned + reinstated = still locked + matured + clawed back from LOCKED, and earned = its total',
    sql: `SELECT c.id, c."totalAmount", l.earned, l.reinstated, l.matured, l.clawed_from_locked, ${STILL_LOCKED} AS still_locked
      FROM affiliate_commissions c LEFT JOIN ${BY_COMMISSION} l USING (id)
      WHERE l.earned + l.reinstated IS DISTINCT FROM ${STILL_LOCKED} + l.matured + l.clawed_from_locked
        OR l.earned <> c."totalAmount" OR c."totalAmount" <> c."lockedAmount" + c."extendedLockAmount"
        OR l.first_affiliate <> c."affiliateId" OR l.last_affiliate <> c."affiliateId"`,
  },
  {
    name: 'I6',
    says: 'what is clawed back of a commission is what the ledger says and lies within 0 and its total',
    sql: `SELECT c.id, c."clawedBackAmount", c."totalAmount", l.k FROM affiliate_commissions c LEFT JOIN ${BY_COMMISSION} l USING (id)
      WHERE c."clawedBackAmount" NOT BETWEEN 0 AND c."totalAmount" OR c."clawedBackAmount" <> coalesce(l.k, 0)`,
  },
  {
    name: 'I7',
    says: 'one commission per invoice, and the invoice is PAID or REFUNDED',
    sql: `SELECT c."invoiceId", min(i.status::text) AS status, array_agg(c.id) AS commissions
      FROM affiliate_commissions c LEFT JOIN invoices i ON i.id = c."invoiceId"
      GROUP BY c."invoiceId" HAVING count(*) > 1 OR bool_or(i.status IS NULL OR i.status NOT IN ('PAID', 'REFUNDED'))`,
  },
  {
    name: 'I8',
    says: 'gross = net + fee, and the fee is 3 % rounded down',
    sql: `SELECT id, "requestedAmount", "feeAmount", "netAmount" FROM withdrawal_requests
      WHERE "requestedAmount" <> "netAmount" + "feeAmount" OR "feeAmount" <> floor("requestedAmount"::numeric * 3 / 100)`,
  },
  {
    name: 'I10',
    says: 'nothing matured before its date, nor the extended part of an EXTREME_RISK before its release',
    sql: `SELECT c.id, c."lockedUntil", c."extendedLockedUntil", c."mainMaturedAt", c."extendedMaturedAt", l.id AS row
      FROM affiliate_commissions c
      LEFT JOIN affiliate_ledger l ON l."commissionId" = c.id AND l.type = 'COMMISSION_MATURED' AND l.account = 'AVAILABLE'
      WHERE c."mainMaturedAt" < c."lockedUntil" OR c."extendedMaturedAt" < coalesce(c."extendedLockedUntil", c."maturesAt")
        OR (c.profile = 'EXTREME_RISK' AND c."extendedMaturedAt" IS NOT NULL AND c."releasedAt" IS NULL AND c."extendedLockAmount" > 0)
        OR (l.id IS NOT NULL AND CASE l.metadata->>'part'
          WHEN 'main' THEN c."mainMaturedAt" IS NULL OR least(l."eventAt", l."createdAt") < c."lockedUntil"
          WHEN 'extended' THEN c."extendedMaturedAt" IS NULL OR least(l."eventAt", l."createdAt") < c."extendedLockedUntil"
          ELSE true END)`,
  },
  {
    name: 'I11',
    says: 'the profile’s and the user’s totals equal the sums of the ledger',
    sql: `SELECT p."userId", p."totalCommissionsEarned", p."totalRefunded", p."totalWithdrawn", p."debtAmount", u."totalRefunds", l.*
      FROM affiliate_profiles p JOIN weokto_users u ON u.id = p."userId" LEFT JOIN ${BY_AFFILIATE} l ON l.id = p."userId"
      WHERE (p."totalCommissionsEarned", p."totalRefunded", p."totalWithdrawn", p."debtAmount", u."totalRefunds") IS DISTINCT FROM
        (coalesce(l.earned, 0), coalesce(l.refunded, 0), coalesce(l.withdrawn, 0), coalesce(l.debt, 0), coalesce(l.refunds, 0))`,
  },
  {
    name: 'I13',
    says: 'nobody has money available and a debt at once',
    sql: `SELECT a."affiliateId", a.balance AS available, d.balance AS debt FROM affiliate_balances a
      JOIN affiliate_balances d ON d."affiliateId" = a."affiliateId" AND d.account = 'DEBT'
      WHERE a.account = 'AVAILABLE' AND a.balance <> 0 AND d.balance <> 0`,
  },
  {
    name: 'I14 lots',
    says: 'AVAILABLE is the sum of the unspent lots',
    sql: `SELECT b."affiliateId", b.balance, l.unspent FROM affiliate_balances b
      LEFT JOIN (SELECT "affiliateId", sum(remaining) AS unspent FROM affiliate_lots GROUP BY 1) l USING ("affiliateId")
      WHERE b.account = 'AVAILABLE' AND b.balance <> coalesce(l.unspent, 0)`,
  },
  {
    name: 'I14 takes',
    says: 'what a lot has lost is what was taken from it, and every decrease of AVAILABLE names its lots',
    sql: `SELECT l.id, l.amount - l.remaining AS moved, coalesce(sum(t.amount), 0) AS taken
      FROM affiliate_lots l LEFT JOIN affiliate_lot_takes t ON t."lotId" = l.id GROUP BY l.id
      HAVING l.amount - l.remaining <> coalesce(sum(t.amount), 0)
      UNION ALL
      SELECT "transactionId", e.moved, coalesce(t.taken, 0) FROM (
        SELECT "transactionId", coalesce(-sum(amount) FILTER (WHERE amount < 0
          OR type IN ('WITHDRAWAL_REJECTED', 'WITHDRAWAL_CANCELLED', 'WITHDRAWAL_RETURNED')), 0) AS moved
        FROM affiliate_ledger WHERE account = 'AVAILABLE' GROUP BY 1) e
      FULL JOIN (SELECT "transactionId", sum(amount) AS taken FROM affiliate_lot_takes GROUP BY 1) t USING ("transactionId")
      WHERE coalesce(e.moved, 0) <> coalesce(t.taken, 0)`,
  },
  {
    name: 'I14 locked',
    says: 'LOCKED is the sum of the remaining unmatured parts',
    sql: `SELECT b."affiliateId", b.balance, c.locked FROM affiliate_balances b
      LEFT JOIN (SELECT "affiliateId", sum(${STILL_LOCKED}) AS locked FROM affiliate_commissions c GROUP BY 1) c USING ("affiliateId")
      WHERE b.account = 'LOCKED' AND b.balance <> coalesce(c.locked, 0)`,
  },
  {
    name: 'status',
    says: 'each commission has the status that its amounts, marks and lots say',
    sql: `SELECT c.id, c.status, commission_status(c) AS expected FROM affiliate_commissions c WHERE c.status <> commission_status(c)`,
  },
]
