import { type Cents, cents, minCents, sumCents } from '#domain/base/money.ts'
import { LEDGER_ACCOUNTS, type LedgerAccount, type LedgerEntryType } from './enums.ts'

/**
 * The six accounts of an affiliate and the moves of each event, in double entry: the moves of one event sum to zero.
 * Amounts are cents, credits positive. PLATFORM is the negative of the other five; LOCKED, AVAILABLE, RESERVED and
 * PAYABLE never go below zero, DEBT never above.
 */
export type Move = {
  readonly account: LedgerAccount
  readonly amount: Cents
  /** A debit of AVAILABLE that leaves to DEBT what AVAILABLE does not hold when it is posted. */
  readonly orDebt?: true
}

/** One event as the SQL function `post_ledger` takes it. Moves of zero are allowed here and never written. */
export type Posting = { readonly type: LedgerEntryType; readonly moves: readonly Move[] }

export type Balances = Readonly<Record<LedgerAccount, Cents>>

/** 1 where an event brings money, −1 where it takes some. */
type Directions = Readonly<Partial<Record<LedgerAccount, 1 | -1>>>

const GIVEN_BACK: Directions = { RESERVED: -1, PAYABLE: -1, PLATFORM: -1, AVAILABLE: 1 }

/** The accounts that each event moves, and in which direction; it moves no other. */
export const DIRECTIONS: Readonly<Record<LedgerEntryType, Directions>> = {
  COMMISSION_EARNED: { PLATFORM: -1, LOCKED: 1 },
  COMMISSION_MATURED: { LOCKED: -1, AVAILABLE: 1 },
  COMMISSION_CLAWED_BACK: { LOCKED: -1, AVAILABLE: -1, DEBT: -1, PLATFORM: 1 },
  COMMISSION_REINSTATED: { PLATFORM: -1, LOCKED: 1 },
  WITHDRAWAL_REQUESTED: { AVAILABLE: -1, RESERVED: 1 },
  WITHDRAWAL_APPROVED: { RESERVED: -1, PAYABLE: 1 },
  FEE_DEDUCTED: { RESERVED: -1, PLATFORM: 1 },
  WITHDRAWAL_PAID: { PAYABLE: -1, PLATFORM: 1 },
  WITHDRAWAL_REJECTED: GIVEN_BACK,
  WITHDRAWAL_CANCELLED: GIVEN_BACK,
  WITHDRAWAL_RETURNED: { PLATFORM: -1, AVAILABLE: 1 },
  ADJUSTMENT_CREDIT: { PLATFORM: -1, AVAILABLE: 1 },
  ADJUSTMENT_DEBIT: { AVAILABLE: -1, DEBT: -1, PLATFORM: 1 },
  DEBT_REPAID: { AVAILABLE: -1, DEBT: 1 },
}

/** What the ledger posts by itself beside an event, under the event's transaction. */
export const COMPANIONS: readonly LedgerEntryType[] = ['FEE_DEDUCTED', 'DEBT_REPAID']

const move = (account: LedgerAccount, amount: number): Move => ({ account, amount: cents(amount + 0) })
const takeOrOwe = (amount: number): Move => ({ account: 'AVAILABLE', amount: cents(0 - amount), orDebt: true })

const transfer = (type: LedgerEntryType, from: LedgerAccount, to: LedgerAccount, amount: Cents): Posting => ({
  type,
  moves: [move(from, 0 - notNegative(amount)), move(to, amount)],
})

/** A commission is earned: all of it is locked, whether held for the owner or not. */
export const commissionEarned = (total: Cents): Posting => transfer('COMMISSION_EARNED', 'PLATFORM', 'LOCKED', total)

/**
 * What remains of one part of a commission reaches its date.
 *
 * @runsAsSql post_ledger (db/ledger/ledger.test.ts)
 */
export const commissionMatured = (remaining: Cents): Posting => transfer('COMMISSION_MATURED', 'LOCKED', 'AVAILABLE', remaining)

/**
 * `locked` is what the unmatured parts lose, `matured` what is claimed from money that has matured.
 *
 * @runsAsSql post_ledger (db/ledger/ledger.test.ts)
 */
export const commissionClawedBack = (locked: Cents, matured: Cents): Posting => ({
  type: 'COMMISSION_CLAWED_BACK',
  moves: [move('LOCKED', 0 - notNegative(locked)), takeOrOwe(notNegative(matured)), move('PLATFORM', locked + matured)],
})

/**
 * A dispute won after all. Parts whose date has passed mature again right after, as events of their own.
 *
 * @runsAsSql post_ledger (db/ledger/ledger.test.ts)
 */
export const commissionReinstated = (amount: Cents): Posting => transfer('COMMISSION_REINSTATED', 'PLATFORM', 'LOCKED', amount)

/** @runsAsSql post_ledger (db/ledger/ledger.test.ts) */
export const adjustmentCredit = (amount: Cents): Posting => transfer('ADJUSTMENT_CREDIT', 'PLATFORM', 'AVAILABLE', amount)

/**
 * What AVAILABLE does not hold becomes debt.
 *
 * @runsAsSql post_ledger (db/ledger/ledger.test.ts)
 */
export const adjustmentDebit = (amount: Cents): Posting => ({
  type: 'ADJUSTMENT_DEBIT',
  moves: [takeOrOwe(notNegative(amount)), move('PLATFORM', amount)],
})

/** The parts of a withdrawal, in cents: `gross` = `net` + `fee`. */
export type WithdrawalAmounts = { readonly gross: Cents; readonly net: Cents; readonly fee: Cents }

/** @runsAsSql post_ledger (db/ledger/ledger.test.ts) */
export const withdrawalRequested = (gross: Cents): Posting => transfer('WITHDRAWAL_REQUESTED', 'AVAILABLE', 'RESERVED', gross)

/**
 * Approval is two events in one transaction of the ledger: the net becomes payable, and with it the ledger posts the platform's fee by itself.
 *
 * @runsAsSql post_ledger (db/ledger/ledger.test.ts)
 */
export const withdrawalApproved = ({ net, fee }: WithdrawalAmounts): readonly [Posting, Posting] => [
  transfer('WITHDRAWAL_APPROVED', 'RESERVED', 'PAYABLE', net),
  transfer('FEE_DEDUCTED', 'RESERVED', 'PLATFORM', fee),
]

/** @runsAsSql post_ledger (db/ledger/ledger.test.ts) */
export const withdrawalPaid = (net: Cents): Posting => transfer('WITHDRAWAL_PAID', 'PAYABLE', 'PLATFORM', net)

/**
 * Rejected or cancelled: the whole gross comes back, the fee too when it had been deducted.
 *
 * @runsAsSql post_ledger (db/ledger/ledger.test.ts)
 */
export function withdrawalGivenBack(
  type: 'WITHDRAWAL_REJECTED' | 'WITHDRAWAL_CANCELLED',
  from: 'PENDING_REVIEW' | 'APPROVED',
  { gross, net, fee }: WithdrawalAmounts,
): Posting {
  if (from === 'PENDING_REVIEW') return transfer(type, 'RESERVED', 'AVAILABLE', gross)
  return { type, moves: [move('PAYABLE', 0 - net), move('PLATFORM', 0 - fee), move('AVAILABLE', gross)] }
}

/**
 * The bank sent a paid withdrawal back: the affiliate gets the gross again.
 *
 * @runsAsSql post_ledger (db/ledger/ledger.test.ts)
 */
export const withdrawalReturned = (gross: Cents): Posting => transfer('WITHDRAWAL_RETURNED', 'PLATFORM', 'AVAILABLE', gross)

/** @runsAsSql post_ledger (db/ledger/ledger.test.ts) */
export const NO_BALANCES: Balances = {
  PLATFORM: cents(0),
  LOCKED: cents(0),
  AVAILABLE: cents(0),
  RESERVED: cents(0),
  PAYABLE: cents(0),
  DEBT: cents(0),
}

/**
 * The balances after an event, as the database will compute them: what `orDebt` asks beyond AVAILABLE goes to DEBT, and
 * after a credit to AVAILABLE the debt is repaid by `min(credit, −DEBT)`. Throws RangeError when the moves do not sum to
 * zero, the event moves an account that is not its own or an account would pass its limit: the database answers 22023 and 23514.
 *
 * @runsAsSql post_ledger (db/ledger/ledger.test.ts)
 */
export function afterPosting(before: Balances, posting: Posting): Balances {
  if (sumCents(posting.moves.map((m) => m.amount)) !== 0) throw new RangeError(`moves of ${posting.type} do not sum to zero`)
  const after: Record<LedgerAccount, Cents> = { ...before }
  for (const { account, amount, orDebt } of posting.moves) {
    const taken = orDebt ? Math.max(amount, 0 - before.AVAILABLE) : amount
    after[account] = cents(after[account] + taken)
    after.DEBT = cents(after.DEBT + amount - taken)
  }
  assertOwnAccounts(posting.type, before, after)
  const credit = after.AVAILABLE - before.AVAILABLE
  if (credit > 0) repay(after, minCents(credit, 0 - after.DEBT))
  return withinLimits(after)
}

function assertOwnAccounts(type: LedgerEntryType, before: Balances, after: Balances): void {
  for (const account of LEDGER_ACCOUNTS) {
    const direction = Math.sign(after[account] - before[account])
    if (direction !== 0 && direction !== DIRECTIONS[type][account]) throw new RangeError(`${type} does not move ${account} that way`)
  }
}

function repay(balances: Record<LedgerAccount, Cents>, repaid: Cents): void {
  balances.AVAILABLE = cents(balances.AVAILABLE - repaid)
  balances.DEBT = cents(balances.DEBT + repaid)
}

function withinLimits(balances: Balances): Balances {
  const { LOCKED, AVAILABLE, RESERVED, PAYABLE, DEBT } = balances
  if (Math.min(LOCKED, AVAILABLE, RESERVED, PAYABLE) < 0 || DEBT > 0) throw new RangeError('an account would pass its limit')
  return balances
}

function notNegative(amount: Cents): Cents {
  if (amount < 0) throw new RangeError(`an event moves no negative amount: ${amount}`)
  return amount
}
