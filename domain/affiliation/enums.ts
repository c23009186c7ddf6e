export const AFFILIATE_RISK_LEVELS = ['NORMAL', 'AT_RISK', 'HIGH_RISK', 'EXTREME_RISK'] as const
export type AffiliateRiskLevel = (typeof AFFILIATE_RISK_LEVELS)[number]

export const AFFILIATE_COMMISSION_STATUSES = ['PENDING_LOCK', 'LOCKED', 'MATURED', 'PAID', 'CLAWED_BACK', 'PARTIALLY_MATURED'] as const
export type AffiliateCommissionStatus = (typeof AFFILIATE_COMMISSION_STATUSES)[number]

export const BOOST_CODE_SCOPES = ['GLOBAL', 'SPECIFIC'] as const
export type BoostCodeScope = (typeof BOOST_CODE_SCOPES)[number]

export const BOOST_REDEMPTION_STATUSES = ['ACTIVE', 'EXPIRED', 'DEACTIVATED'] as const
export type BoostRedemptionStatus = (typeof BOOST_REDEMPTION_STATUSES)[number]

/** The last four are ours: a debt repaid out of a credit, a dispute won after all, a withdrawal taken back or sent back. */
export const LEDGER_ENTRY_TYPES = [
  'COMMISSION_EARNED',
  'COMMISSION_MATURED',
  'COMMISSION_CLAWED_BACK',
  'WITHDRAWAL_REQUESTED',
  'WITHDRAWAL_APPROVED',
  'WITHDRAWAL_PAID',
  'WITHDRAWAL_REJECTED',
  'ADJUSTMENT_CREDIT',
  'ADJUSTMENT_DEBIT',
  'FEE_DEDUCTED',
  'DEBT_REPAID',
  'COMMISSION_REINSTATED',
  'WITHDRAWAL_CANCELLED',
  'WITHDRAWAL_RETURNED',
] as const
export type LedgerEntryType = (typeof LEDGER_ENTRY_TYPES)[number]

/** Ours: the six accounts of an affiliate. PLATFORM mirrors the other five; DEBT is never above zero. */
export const LEDGER_ACCOUNTS = ['PLATFORM', 'LOCKED', 'AVAILABLE', 'RESERVED', 'PAYABLE', 'DEBT'] as const
export type LedgerAccount = (typeof LEDGER_ACCOUNTS)[number]

/** RETURNED is ours: paid by us and sent back by the bank. */
export const WITHDRAWAL_STATUSES = ['PENDING_REVIEW', 'APPROVED', 'PAID', 'REJECTED', 'CANCELLED', 'RETURNED'] as const
export type WithdrawalStatus = (typeof WITHDRAWAL_STATUSES)[number]

export const BOOST_TYPES = ['percentage_increase', 'flat_bonus'] as const
export type BoostType = (typeof BOOST_TYPES)[number]

export const PAYMENT_METHODS = ['manual', 'stripe', 'paypal', 'wire'] as const
export type PaymentMethod = (typeof PAYMENT_METHODS)[number]

export const ATTRIBUTION_SOURCES = ['click', 'coupon', 'owner', 'claim', 'upgrade'] as const
export type AttributionSource = (typeof ATTRIBUTION_SOURCES)[number]

export const LOCK_PROFILES = ['NEW', 'RECENT', 'VALIDATED', 'TRUSTED', 'AT_RISK', 'HIGH_RISK', 'EXTREME_RISK'] as const
export type LockProfile = (typeof LOCK_PROFILES)[number]
