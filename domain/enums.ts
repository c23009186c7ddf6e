/**
 * Every status and kind that the database stores, in the order of the owner's schema; values added since stand last.
 * The PostgreSQL enum types are made from these arrays, so a new value is written here and nowhere else.
 */

export const PLATFORMS = ['WEOKTO', 'STAM'] as const
export type Platform = (typeof PLATFORMS)[number]

export const USER_TYPES = ['CLIENT', 'AFFILIATE', 'ADMIN', 'PRODUCT_MANAGER', 'OWNER'] as const
export type UserType = (typeof USER_TYPES)[number]

export const MEMBER_ROLES = ['MEMBER', 'MODERATOR', 'ADMIN'] as const
export type MemberRole = (typeof MEMBER_ROLES)[number]

export const AFFILIATE_RISK_LEVELS = ['NORMAL', 'AT_RISK', 'HIGH_RISK', 'EXTREME_RISK'] as const
export type AffiliateRiskLevel = (typeof AFFILIATE_RISK_LEVELS)[number]

export const PLAN_INTERVALS = ['ONE_TIME', 'MONTHLY', 'QUARTERLY', 'ANNUALLY', 'LIFETIME'] as const
export type PlanInterval = (typeof PLAN_INTERVALS)[number]

/** INCOMPLETE is ours: somebody who ordered and has not paid, with no access and no attribution. */
export const CUSTOMER_STATUSES = ['TRIAL', 'ACTIVE', 'PAST_DUE', 'CANCELLED', 'EXPIRED', 'INCOMPLETE'] as const
export type CustomerStatus = (typeof CUSTOMER_STATUSES)[number]

export const INVOICE_STATUSES = ['DRAFT', 'PENDING', 'PAID', 'VOID', 'REFUNDED'] as const
export type InvoiceStatus = (typeof INVOICE_STATUSES)[number]

export const REFUND_STATUSES = ['PENDING', 'APPROVED', 'REJECTED', 'PROCESSED'] as const
export type RefundStatus = (typeof REFUND_STATUSES)[number]

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

export const COMPETITION_TYPES = ['WEEKLY', 'MONTHLY', 'SEASONAL'] as const
export type CompetitionType = (typeof COMPETITION_TYPES)[number]

export const COMPETITION_MODES = ['SOLO', 'GUILD'] as const
export type CompetitionMode = (typeof COMPETITION_MODES)[number]

export const PEARL_TRANSACTION_TYPES = ['SALE', 'COMPETITION', 'BONUS', 'PURCHASE', 'BOOST', 'EVENT'] as const
export type PearlTransactionType = (typeof PEARL_TRANSACTION_TYPES)[number]

export const COSMETIC_TYPES = ['BADGE', 'AVATAR_FRAME', 'BACKGROUND', 'EFFECT', 'TITLE'] as const
export type CosmeticType = (typeof COSMETIC_TYPES)[number]

export const COSMETIC_RARITIES = ['COMMON', 'RARE', 'EPIC', 'LEGENDARY'] as const
export type CosmeticRarity = (typeof COSMETIC_RARITIES)[number]

export const PROGRESS_STATUSES = ['NOT_STARTED', 'IN_PROGRESS', 'COMPLETED'] as const
export type ProgressStatus = (typeof PROGRESS_STATUSES)[number]

/**
 * Kinds that the owner's schema keeps as plain text and names in a comment, and ours of the same sort.
 * A CHECK in the migrations holds each to its list.
 */

export const RATE_TYPES = ['percentage', 'fixed'] as const
export type RateType = (typeof RATE_TYPES)[number]

export const BOOST_TYPES = ['percentage_increase', 'flat_bonus'] as const
export type BoostType = (typeof BOOST_TYPES)[number]

export const ACCESS_TYPES = ['community', 'formation', 'channel', 'module'] as const
export type AccessType = (typeof ACCESS_TYPES)[number]

export const BUTTON_PAYMENT_TYPES = ['subscription', 'one-time'] as const
export type ButtonPaymentType = (typeof BUTTON_PAYMENT_TYPES)[number]

export const PAYMENT_METHODS = ['manual', 'stripe', 'paypal', 'wire'] as const
export type PaymentMethod = (typeof PAYMENT_METHODS)[number]

export const FORMATION_LEVELS = ['beginner', 'intermediate', 'advanced'] as const
export type FormationLevel = (typeof FORMATION_LEVELS)[number]

export const INVOICE_KINDS = ['FIRST', 'TRIAL', 'RENEWAL', 'UPGRADE'] as const
export type InvoiceKind = (typeof INVOICE_KINDS)[number]

export const ATTRIBUTION_SOURCES = ['click', 'coupon', 'owner', 'claim', 'upgrade'] as const
export type AttributionSource = (typeof ATTRIBUTION_SOURCES)[number]

export const LOCK_PROFILES = ['NEW', 'RECENT', 'VALIDATED', 'TRUSTED', 'AT_RISK', 'HIGH_RISK', 'EXTREME_RISK'] as const
export type LockProfile = (typeof LOCK_PROFILES)[number]

export const CHECKOUT_STATES = ['IDENTIFY', 'CARD', 'REVIEW', 'PAYING', 'PAID', 'EXPIRED'] as const
export type CheckoutState = (typeof CHECKOUT_STATES)[number]

export const PAYMENT_ATTEMPT_KINDS = ['CHARGE', 'SETUP'] as const
export type PaymentAttemptKind = (typeof PAYMENT_ATTEMPT_KINDS)[number]

export const PAYMENT_ATTEMPT_STATUSES = ['CREATED', 'SENT', 'REQUIRES_ACTION', 'SUCCEEDED', 'DECLINED', 'UNKNOWN'] as const
export type PaymentAttemptStatus = (typeof PAYMENT_ATTEMPT_STATUSES)[number]

/** Money that moved and does not fit our books: for an invoice that another payment had settled, or not as we had asked for it. */
export const PAYMENT_DISCREPANCIES = ['paid_twice', 'mismatch'] as const
export type PaymentDiscrepancy = (typeof PAYMENT_DISCREPANCIES)[number]

export const LOCALES = ['fr', 'en'] as const
export type Locale = (typeof LOCALES)[number]
