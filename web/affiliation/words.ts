import type {
  AffiliateCommissionStatus,
  AffiliateRiskLevel,
  LedgerAccount,
  LedgerEntryType,
  LockProfile,
} from '#domain/affiliation/enums.ts'
import type { LedgerFilter } from '#domain/affiliation/lists.ts'
import type { WaitingKind } from '#domain/affiliation/waiting.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import type { Tone } from '#web/ui/badge.tsx'

/** Words for what the API names by a code. Each is a call: the reader's language may change. */
export const statusWords: Record<AffiliateCommissionStatus, { tone: Tone; label: () => string }> = {
  PENDING_LOCK: { tone: 'warning', label: m.commission_status_pending_lock },
  LOCKED: { tone: 'info', label: m.commission_status_locked },
  PARTIALLY_MATURED: { tone: 'accent', label: m.commission_status_partially_matured },
  MATURED: { tone: 'success', label: m.commission_status_matured },
  PAID: { tone: 'success', label: m.commission_status_paid },
  CLAWED_BACK: { tone: 'danger', label: m.commission_status_clawed_back },
}

export const profileWords: Record<LockProfile, () => string> = {
  NEW: m.lock_profile_new,
  RECENT: m.lock_profile_recent,
  VALIDATED: m.lock_profile_validated,
  TRUSTED: m.lock_profile_trusted,
  AT_RISK: m.lock_profile_at_risk,
  HIGH_RISK: m.lock_profile_high_risk,
  EXTREME_RISK: m.lock_profile_extreme_risk,
}

const levelWords: Record<AffiliateRiskLevel, () => string> = {
  NORMAL: m.risk_level_normal,
  AT_RISK: m.risk_level_at_risk,
  HIGH_RISK: m.risk_level_high_risk,
  EXTREME_RISK: m.risk_level_extreme_risk,
}

export function levelName(level: AffiliateRiskLevel): string {
  return levelWords[level]()
}

export const accountWords: Record<LedgerAccount, () => string> = {
  PLATFORM: m.ledger_account_platform,
  LOCKED: m.ledger_account_locked,
  AVAILABLE: m.ledger_account_available,
  RESERVED: m.ledger_account_reserved,
  PAYABLE: m.ledger_account_payable,
  DEBT: m.ledger_account_debt,
}

/** What the ledger may be narrowed to. */
export const ledgerFilterWords: Record<LedgerFilter, () => string> = {
  ...accountWords,
  IN_WITHDRAWAL: m.affiliation_in_withdrawal,
  PAID_OUT: m.affiliation_paid_out,
}

/** What locked money waits for, as one asks about it. */
export const waitingWords: Record<WaitingKind, () => string> = {
  main: m.affiliation_waits_main,
  extended: m.affiliation_waits_extended,
  undated: m.affiliation_waits_undated,
}

export const entryWords: Record<LedgerEntryType, () => string> = {
  COMMISSION_EARNED: m.ledger_entry_commission_earned,
  COMMISSION_MATURED: m.ledger_entry_commission_matured,
  COMMISSION_CLAWED_BACK: m.ledger_entry_commission_clawed_back,
  WITHDRAWAL_REQUESTED: m.ledger_entry_withdrawal_requested,
  WITHDRAWAL_APPROVED: m.ledger_entry_withdrawal_approved,
  WITHDRAWAL_PAID: m.ledger_entry_withdrawal_paid,
  WITHDRAWAL_REJECTED: m.ledger_entry_withdrawal_rejected,
  ADJUSTMENT_CREDIT: m.ledger_entry_adjustment_credit,
  ADJUSTMENT_DEBIT: m.ledger_entry_adjustment_debit,
  FEE_DEDUCTED: m.ledger_entry_fee_deducted,
  DEBT_REPAID: m.ledger_entry_debt_repaid,
  COMMISSION_REINSTATED: m.ledger_entry_commission_reinstated,
  WITHDRAWAL_CANCELLED: m.ledger_entry_withdrawal_cancelled,
  WITHDRAWAL_RETURNED: m.ledger_entry_withdrawal_returned,
}

/** A product beside the community it belongs to; once only when both have the same name. */
export function productWithin(product: string, community: string): string {
  return product === community ? product : `${product} · ${community}`
}

export function affiliateName({
  affiliateName: name,
  affiliateEmail,
}: {
  affiliateName: string | null
  affiliateEmail: string | null
}): string {
  return name ?? affiliateEmail ?? m.affiliation_no_affiliate()
}
