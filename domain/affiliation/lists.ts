import type { ListOrder } from '#domain/base/list.ts'
import { LEDGER_ACCOUNTS, type LedgerAccount } from './enums.ts'

export const ALL_COMMISSIONS_ORDER = {
  name: 'commissions',
  keys: ['earnedAt', 'totalCents', 'lockedUntil', 'decideBy'],
  usual: '-earnedAt',
} as const satisfies ListOrder

export const OWN_COMMISSIONS_ORDER = {
  name: 'own_commissions',
  keys: ['earnedAt', 'totalCents', 'lockedUntil'],
  usual: '-earnedAt',
} as const satisfies ListOrder

/** What the ledger is narrowed to: an account, what lies in a withdrawal whether approved or not, or what was paid out and did not come back. */
export const LEDGER_FILTERS = [...LEDGER_ACCOUNTS, 'IN_WITHDRAWAL', 'PAID_OUT'] as const
export type LedgerFilter = (typeof LEDGER_FILTERS)[number]

/** The accounts whose lines a narrowed ledger is about: these sum to the figure that opens it. */
export function accountsOf(filter: LedgerFilter): readonly LedgerAccount[] {
  if (filter === 'IN_WITHDRAWAL') return ['RESERVED', 'PAYABLE']
  return [filter === 'PAID_OUT' ? 'PAYABLE' : filter]
}
