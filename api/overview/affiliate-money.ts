import type { LedgerAccount } from '#domain/affiliation/enums.ts'
import { accountsOf } from '#domain/affiliation/lists.ts'
import type { LockedPart } from '#api/affiliation/commission/locked-parts.ts'

interface Balance {
  account: LedgerAccount
  balance: number
}

/** Totals since the beginning, as the profile keeps them. */
interface Totals {
  totalCommissionsEarned: number
  totalRefunded: number
  totalWithdrawn: number
}

const RELEASES_SHOWN = 12

/**
 * An affiliate's money. Locked, available, in withdrawal and debt are the ledger's own balances, so their sum is what the platform owes
 * (the negative of its account); the locked parts say how the first divides, and sum to it.
 */
export function viewMoney(balances: readonly Balance[], parts: readonly LockedPart[], profile: Totals | undefined, paidCents: number) {
  const of = (account: LedgerAccount) => balances.find((row) => row.account === account)?.balance ?? 0
  return {
    availableCents: of('AVAILABLE'),
    lockedCents: of('LOCKED'),
    locked: viewDated(parts, 'main'),
    extended: viewDated(parts, 'extended'),
    /** Held, in dispute, blocked or awaiting release: inside `lockedCents`, without a date. */
    undatedCents: sum(parts.filter(({ kind }) => kind === 'undated')),
    /** Asked for and not decided, then approved and on its way. */
    inWithdrawalCents: accountsOf('IN_WITHDRAWAL').reduce((total, account) => total + of(account), 0),
    debtCents: 0 - of('DEBT'),
    owedCents: 0 - of('PLATFORM'),
    paidCents,
    earnedCents: profile?.totalCommissionsEarned ?? 0,
    refundedCents: profile?.totalRefunded ?? 0,
    withdrawnCents: profile?.totalWithdrawn ?? 0,
  }
}

/** The coming days on which money is released, one entry a day. */
export function viewReleases(parts: readonly LockedPart[]) {
  const days = Map.groupBy(
    parts.filter(({ kind }) => kind !== 'undated'),
    (part) => part.day,
  )
  return [...days].slice(0, RELEASES_SHOWN).map(([day, rows]) => ({
    day,
    cents: sum(rows),
    mainCents: sum(rows.filter((row) => row.part === 'main')),
    extendedCents: sum(rows.filter((row) => row.part === 'extended')),
    commissions: rows.reduce((total, row) => total + row.commissions, 0),
  }))
}

function viewDated(parts: readonly LockedPart[], kind: LockedPart['part']) {
  const rows = parts.filter((row) => row.kind === kind)
  return { cents: sum(rows), from: rows[0]?.day ?? null, until: rows.at(-1)?.day ?? null }
}

function sum(parts: readonly LockedPart[]): number {
  return parts.reduce((total, part) => total + part.cents, 0)
}
