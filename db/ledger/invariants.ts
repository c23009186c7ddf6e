import { COMPANIONS, DIRECTIONS } from '#domain/affiliation/ledger.ts'

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
      AND l.account = 'PLATFORM' AND a."holdRejectedAt" IS NULL), 0) AS refunded,
    coalesce(sum(l.amount) FILTER (WHERE l.type = 'COMMISSION_CLAWED_BACK' AND l.account = 'PLATFORM'), 0) AS ever_refunded,
    coalesce(sum(w."requestedAmount") FILTER (WHERE l.type = 'WITHDRAWAL_PAID' AND l.account = 'PLATFORM'), 0)
      + coalesce(sum(l.amount) FILTER (WHERE l.type = 'WITHDRAWAL_RETURNED' AND l.account = 'PLATFORM'), 0) AS withdrawn,
    coalesce(sum(w."requestedAmount") FILTER (WHERE l.type = 'WITHDRAWAL_PAID' AND l.account = 'PLATFORM'), 0) AS ever_withdrawn,
    coalesce(-sum(l.amount) FILTER (WHERE l.account = 'DEBT'), 0) AS debt,
    count(DISTINCT c.id) FILTER (WHERE c.k > 0 AND a."holdRejectedAt" IS NULL) AS refunds
  FROM affiliate_ledger l LEFT JOIN ${BY_COMMISSION} c ON c.id = l."commissionId"
  LEFT JOIN affiliate_commissions a ON a.id = l."commissionId"
  LEFT JOIN withdrawal_requests w ON w.id = l."withdrawalId" GROUP BY 1
)`

/** The end of the owner's integer columns: a total that has come there stays there. */
const CAP = 2_147_483_647
const isTotal = (column: string, sum: string, ever: string) =>
  `CASE WHEN ${column} = ${CAP} THEN coalesce(${ever}, 0) >= ${CAP} ELSE ${column} = coalesce(${sum}, 0) END`

// The rules of the domain, not those of the functions that post, which hold a copy of their own.
const ALLOWED_MOVES = `(VALUES ${Object.entries(DIRECTIONS)
  .flatMap(([type, moves]) => Object.entries(moves).map(([account, sign]) => `('${type}', '${account}', ${sign})`))
  .join(', ')})`
const COMPANION_TYPES = COMPANIONS.map((type) => `'${type}'`).join(', ')

const BY_WITHDRAWAL = `(
  SELECT "withdrawalId" AS id,
    string_agg(DISTINCT substr(type::text, 12), ' ') FILTER (WHERE type NOT IN (${COMPANION_TYPES})) AS events,
    count(DISTINCT type) FILTER (WHERE type NOT IN (${COMPANION_TYPES})) AS types,
    count(DISTINCT "transactionId") AS transactions,
    coalesce(sum(amount) FILTER (WHERE type = 'FEE_DEDUCTED' AND account = 'PLATFORM'), 0) AS fee
  FROM affiliate_ledger WHERE "withdrawalId" IS NOT NULL GROUP BY 1
)`

// What a row about a withdrawal may amount to: the request's net, its fee or its gross.
const OF_THE_REQUEST = `CASE
  WHEN l.type = 'FEE_DEDUCTED' OR (l.account = 'PLATFORM' AND l.type IN ('WITHDRAWAL_REJECTED', 'WITHDRAWAL_CANCELLED')) THEN w."feeAmount"
  WHEN l.account = 'PAYABLE' OR l.type IN ('WITHDRAWAL_APPROVED', 'WITHDRAWAL_PAID') THEN w."netAmount"
  ELSE w."requestedAmount" END`

/** The invariants of the books. I12 (hash seals over the rows) comes with the seals' table. */
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
    name: 'I9',
    says: 'each withdrawal’s entries follow its state, each of them once, the fee with its approval',
    sql: `SELECT w.id, w.status, l.events, l.transactions, l.fee FROM withdrawal_requests w LEFT JOIN ${BY_WITHDRAWAL} l USING (id)
      WHERE CASE w.status::text WHEN 'PENDING_REVIEW' THEN l.events = 'REQUESTED' WHEN 'APPROVED' THEN l.events = 'APPROVED REQUESTED'
          WHEN 'PAID' THEN l.events = 'APPROVED PAID REQUESTED' WHEN 'RETURNED' THEN l.events = 'APPROVED PAID REQUESTED RETURNED'
          ELSE l.events IN (concat_ws(' ', w.status, 'REQUESTED'), concat_ws(' ', 'APPROVED', w.status, 'REQUESTED')) END IS NOT TRUE
        OR l.transactions <> l.types OR l.fee <> CASE WHEN l.events LIKE 'APPROVED%' THEN w."feeAmount" ELSE 0 END`,
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
      WHERE (p."debtAmount", u."totalRefunds") IS DISTINCT FROM (coalesce(l.debt, 0), coalesce(l.refunds, 0))
        OR NOT ${isTotal('p."totalCommissionsEarned"', 'l.earned', 'l.earned')}
        OR NOT ${isTotal('p."totalRefunded"', 'l.refunded', 'l.ever_refunded')}
        OR NOT ${isTotal('p."totalWithdrawn"', 'l.withdrawn', 'l.ever_withdrawn')}`,
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
    name: 'I15',
    says: 'each event moves its own accounts in its own direction and balances by itself; one event makes a transaction, a fee only with an approval, a debt repaid only out of a credit',
    sql: `SELECT l."transactionId", l.type::text, l.account::text, l.amount::bigint FROM affiliate_ledger l
      WHERE NOT EXISTS (SELECT FROM ${ALLOWED_MOVES} AS may (type, account, sign)
        WHERE may.type = l.type::text AND may.account = l.account::text AND may.sign = sign(l.amount))
      UNION ALL
      SELECT "transactionId", type::text, NULL, sum(amount) FROM affiliate_ledger GROUP BY 1, type
      HAVING sum(amount) <> 0 OR count(*) <> count(DISTINCT account)
      UNION ALL
      SELECT "transactionId", string_agg(DISTINCT type::text, ' '), NULL, NULL FROM affiliate_ledger GROUP BY 1
      HAVING count(DISTINCT type) FILTER (WHERE type NOT IN (${COMPANION_TYPES})) <> 1
        OR bool_or(type = 'FEE_DEDUCTED') > bool_or(type = 'WITHDRAWAL_APPROVED')
        OR coalesce(sum(amount) FILTER (WHERE type = 'DEBT_REPAID' AND account = 'DEBT'), 0)
          > coalesce(sum(amount) FILTER (WHERE type <> 'DEBT_REPAID' AND account = 'AVAILABLE' AND amount > 0), 0)`,
  },
  {
    name: 'I16',
    says: 'what is posted of a commission or a withdrawal names one of the same affiliate and fits its amounts; an adjustment names none',
    sql: `SELECT l.id, l.type, l.account, l.amount, l."affiliateId", l."commissionId", l."withdrawalId"
      FROM affiliate_ledger l LEFT JOIN affiliate_commissions c ON c.id = l."commissionId"
      LEFT JOIN withdrawal_requests w ON w.id = l."withdrawalId"
      WHERE CASE
        WHEN l.type::text LIKE 'COMMISSION\\_%' THEN l."withdrawalId" IS NULL AND c."affiliateId" = l."affiliateId"
          AND CASE WHEN l.type = 'COMMISSION_EARNED' THEN abs(l.amount) = c."totalAmount" ELSE abs(l.amount) <= c."totalAmount" END
        WHEN l.type = 'FEE_DEDUCTED' OR l.type::text LIKE 'WITHDRAWAL\\_%' THEN l."commissionId" IS NULL AND w."affiliateId" = l."affiliateId"
          AND abs(l.amount) = ${OF_THE_REQUEST}
        WHEN l.type::text LIKE 'ADJUSTMENT\\_%' THEN num_nonnulls(l."commissionId", l."withdrawalId") = 0
        ELSE true END IS NOT TRUE`,
  },
  {
    name: 'I17',
    says: 'what is clawed back of a commission is its share of the refunds that stand, or all of it once its hold was rejected',
    sql: `SELECT c.id, c."clawedBackAmount", c."totalAmount", c."holdRejectedAt", i."amountIncludingTax", r.refunded
      FROM affiliate_commissions c LEFT JOIN invoices i ON i.id = c."invoiceId" LEFT JOIN ${BY_COMMISSION} l ON l.id = c.id
      LEFT JOIN (SELECT "invoiceId" AS id, sum(amount) - coalesce(sum(amount) FILTER (WHERE o."refundId" IS NOT NULL), 0) AS refunded
        FROM refunds LEFT JOIN dispute_outcomes o ON o."refundId" = refunds.id WHERE status = 'PROCESSED' GROUP BY 1) r ON r.id = i.id
      WHERE c."clawedBackAmount" <> CASE WHEN c."holdRejectedAt" IS NOT NULL THEN c."totalAmount" ELSE coalesce(floor(
          c."totalAmount"::numeric * least(coalesce(r.refunded, 0), i."amountIncludingTax") / nullif(i."amountIncludingTax", 0)), 0) END
        OR (l.rejected AND c."holdRejectedAt" IS NULL)`,
  },
  {
    name: 'status',
    says: 'each commission has the status that its amounts, marks and lots say',
    sql: `SELECT c.id, c.status, commission_status(c) AS expected FROM affiliate_commissions c WHERE c.status <> commission_status(c)`,
  },
]
