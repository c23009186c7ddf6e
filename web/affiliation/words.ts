import type { AffiliateCommissionStatus, AffiliateRiskLevel, LedgerAccount, LedgerEntryType, LockProfile } from '#domain/affiliation/enums.ts'
import type { PlanInterval } from '#domain/base/enums.ts'
import type { RateType } from '#domain/catalogue/enums.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import type { Tone } from '#web/ui/badge.tsx'
import { formatMoney, formatRate } from '#web/ui/format.ts'

/** Words for what the API names by a code. Each is a call: the reader's language may change. */
export const statusWords: Record<AffiliateCommissionStatus, { tone: Tone; label: () => string }> = {
  PENDING_LOCK: { tone: 'warning', label: m.affiliate_status_pending_lock },
  LOCKED: { tone: 'info', label: m.affiliate_status_locked },
  PARTIALLY_MATURED: { tone: 'accent', label: m.affiliate_status_partially_matured },
  MATURED: { tone: 'success', label: m.affiliate_status_matured },
  PAID: { tone: 'success', label: m.affiliate_status_paid },
  CLAWED_BACK: { tone: 'danger', label: m.affiliate_status_clawed_back },
}

export const profileWords: Record<LockProfile, () => string> = {
  NEW: m.affiliate_profile_new,
  RECENT: m.affiliate_profile_recent,
  VALIDATED: m.affiliate_profile_validated,
  TRUSTED: m.affiliate_profile_trusted,
  AT_RISK: m.affiliate_profile_at_risk,
  HIGH_RISK: m.affiliate_profile_high_risk,
  EXTREME_RISK: m.affiliate_profile_extreme_risk,
}

const levelWords: Record<AffiliateRiskLevel, () => string> = {
  NORMAL: m.affiliate_level_normal,
  AT_RISK: m.affiliate_level_at_risk,
  HIGH_RISK: m.affiliate_level_high_risk,
  EXTREME_RISK: m.affiliate_level_extreme_risk,
}

export function levelName(level: AffiliateRiskLevel): string {
  return levelWords[level]()
}

export const accountWords: Record<LedgerAccount, () => string> = {
  PLATFORM: m.affiliate_account_platform,
  LOCKED: m.affiliate_account_locked,
  AVAILABLE: m.affiliate_account_available,
  RESERVED: m.affiliate_account_reserved,
  PAYABLE: m.affiliate_account_payable,
  DEBT: m.affiliate_account_debt,
}

export const entryWords: Record<LedgerEntryType, () => string> = {
  COMMISSION_EARNED: m.affiliate_type_commission_earned,
  COMMISSION_MATURED: m.affiliate_type_commission_matured,
  COMMISSION_CLAWED_BACK: m.affiliate_type_commission_clawed_back,
  WITHDRAWAL_REQUESTED: m.affiliate_type_withdrawal_requested,
  WITHDRAWAL_APPROVED: m.affiliate_type_withdrawal_approved,
  WITHDRAWAL_PAID: m.affiliate_type_withdrawal_paid,
  WITHDRAWAL_REJECTED: m.affiliate_type_withdrawal_rejected,
  ADJUSTMENT_CREDIT: m.affiliate_type_adjustment_credit,
  ADJUSTMENT_DEBIT: m.affiliate_type_adjustment_debit,
  FEE_DEDUCTED: m.affiliate_type_fee_deducted,
  DEBT_REPAID: m.affiliate_type_debt_repaid,
  COMMISSION_REINSTATED: m.affiliate_type_commission_reinstated,
  WITHDRAWAL_CANCELLED: m.affiliate_type_withdrawal_cancelled,
  WITHDRAWAL_RETURNED: m.affiliate_type_withdrawal_returned,
}

export const intervalWords: Record<PlanInterval, () => string> = {
  ONE_TIME: m.affiliate_interval_one_time,
  MONTHLY: m.affiliate_interval_monthly,
  QUARTERLY: m.affiliate_interval_quarterly,
  ANNUALLY: m.affiliate_interval_annually,
  LIFETIME: m.affiliate_interval_lifetime,
}

/** A program's rate in ten-thousandths: « 30 % », or « 10,00 € » when it is a fixed amount per sale. */
export function rateText(rateType: RateType, rate: number): string {
  return rateType === 'percentage' ? formatRate(rate) : formatMoney(Math.floor(rate / 100))
}

/** Midday of a day given as YYYY-MM-DD: whatever the clock's shift, it stays that day in Paris. */
export function noonOf(day: string): Date {
  return new Date(`${day}T12:00:00Z`)
}

/** A product beside the community it belongs to; once only when both have the same name. */
export function productWithin(product: string, community: string): string {
  return product === community ? product : `${product} · ${community}`
}
