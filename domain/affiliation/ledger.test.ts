import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cents, sumCents } from '#domain/base/money.ts'
import type { LedgerAccount } from './enums.ts'
import * as ledger from './ledger.ts'

const amount = fc.integer({ min: 0, max: 1_000_000 }).map(cents)
const after = (start: Partial<ledger.Balances>, ...postings: readonly ledger.Posting[]) =>
  postings.reduce(ledger.afterPosting, { ...ledger.NO_BALANCES, ...start })

describe('moves', () => {
  it('sum to zero for every event and any amounts', () => {
    fc.assert(
      fc.property(amount, amount, (a, b) => {
        const amounts = { gross: cents(a + b), net: a, fee: b }
        const postings = [
          ledger.commissionEarned(a),
          ledger.commissionMatured(a),
          ledger.commissionClawedBack(a, b),
          ledger.commissionReinstated(a),
          ledger.adjustmentCredit(a),
          ledger.adjustmentDebit(a),
          ledger.withdrawalRequested(a),
          ...ledger.withdrawalApproved(amounts),
          ledger.withdrawalPaid(a),
          ledger.withdrawalGivenBack('WITHDRAWAL_REJECTED', 'PENDING_REVIEW', amounts),
          ledger.withdrawalGivenBack('WITHDRAWAL_CANCELLED', 'APPROVED', amounts),
          ledger.withdrawalReturned(a),
        ]
        for (const posting of postings) expect(sumCents(posting.moves.map((m) => m.amount))).toBe(0)
      }),
    )
  })

  it('refuse negative amounts', () => {
    expect(() => ledger.commissionEarned(cents(-1))).toThrow(RangeError)
    expect(() => ledger.adjustmentDebit(cents(-1))).toThrow(RangeError)
  })
})

describe('afterPosting', () => {
  it('locks what is earned and frees what matures', () => {
    expect(after({}, ledger.commissionEarned(cents(1224)), ledger.commissionMatured(cents(979)))).toMatchObject({
      PLATFORM: -1224,
      LOCKED: 245,
      AVAILABLE: 979,
    })
  })

  it('turns a clawback that finds too little into debt', () => {
    const start = { PLATFORM: cents(-345), LOCKED: cents(245), AVAILABLE: cents(100) }
    expect(after(start, ledger.commissionClawedBack(cents(245), cents(979)))).toMatchObject({
      PLATFORM: 879,
      LOCKED: 0,
      AVAILABLE: 0,
      DEBT: -879,
    })
  })

  it('repays debt out of a credit before anything is available', () => {
    const start = { PLATFORM: cents(5515), DEBT: cents(-5515) }
    expect(after(start, ledger.adjustmentCredit(cents(1980)))).toMatchObject({ AVAILABLE: 0, DEBT: -3535 })
    expect(after(start, ledger.adjustmentCredit(cents(6000)))).toMatchObject({ AVAILABLE: 485, DEBT: 0 })
  })

  it('follows a withdrawal to its payment, and back when it is refused', () => {
    const amounts = { gross: cents(5979), net: cents(5800), fee: cents(179) }
    const start = { PLATFORM: cents(-5979), AVAILABLE: cents(5979) }
    const approved = after(start, ledger.withdrawalRequested(amounts.gross), ...ledger.withdrawalApproved(amounts))
    expect(approved).toMatchObject({ PAYABLE: 5800, RESERVED: 0, PLATFORM: -5800 })
    expect(after(approved, ledger.withdrawalPaid(amounts.net))).toEqual(ledger.NO_BALANCES)
    expect(after(approved, ledger.withdrawalGivenBack('WITHDRAWAL_REJECTED', 'APPROVED', amounts))).toMatchObject(start)
  })

  it.each<[ledger.Posting['type'], LedgerAccount, LedgerAccount]>([
    ['COMMISSION_MATURED', 'PLATFORM', 'AVAILABLE'],
    ['FEE_DEDUCTED', 'AVAILABLE', 'PLATFORM'],
    ['DEBT_REPAID', 'PLATFORM', 'DEBT'],
    ['WITHDRAWAL_PAID', 'RESERVED', 'PLATFORM'],
    ['COMMISSION_EARNED', 'LOCKED', 'PLATFORM'],
  ])('refuses %s from %s to %s', (type, from, to) => {
    const start = { LOCKED: cents(500), AVAILABLE: cents(500), RESERVED: cents(500) }
    const moves = [
      { account: from, amount: cents(-100) },
      { account: to, amount: cents(100) },
    ]
    expect(() => after(start, { type, moves })).toThrow(/does not move/)
  })

  it('refuses to pass a limit and moves that do not balance', () => {
    expect(() => after({}, ledger.withdrawalRequested(cents(1)))).toThrow(RangeError)
    const lopsided: ledger.Posting = { type: 'ADJUSTMENT_CREDIT', moves: [{ account: 'AVAILABLE', amount: cents(1) }] }
    expect(() => after({}, lopsided)).toThrow(RangeError)
  })
})
