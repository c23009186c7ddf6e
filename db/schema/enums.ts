import { pgEnum } from 'drizzle-orm/pg-core'
import * as e from '#domain/enums.ts'

/** The enum types, under the names that the owner's schema maps them to. Their values live in the domain. */
export const platform = pgEnum('platform', e.PLATFORMS)
export const userType = pgEnum('user_type', e.USER_TYPES)
export const memberRole = pgEnum('member_role', e.MEMBER_ROLES)
export const affiliateRiskLevel = pgEnum('affiliate_risk_level', e.AFFILIATE_RISK_LEVELS)
export const planInterval = pgEnum('plan_interval', e.PLAN_INTERVALS)
export const customerStatus = pgEnum('customer_status', e.CUSTOMER_STATUSES)
export const invoiceStatus = pgEnum('invoice_status', e.INVOICE_STATUSES)
export const refundStatus = pgEnum('refund_status', e.REFUND_STATUSES)
export const affiliateCommissionStatus = pgEnum('affiliate_commission_status', e.AFFILIATE_COMMISSION_STATUSES)
export const boostCodeScope = pgEnum('boost_code_scope', e.BOOST_CODE_SCOPES)
export const boostRedemptionStatus = pgEnum('boost_redemption_status', e.BOOST_REDEMPTION_STATUSES)
export const ledgerEntryType = pgEnum('ledger_entry_type', e.LEDGER_ENTRY_TYPES)
export const ledgerAccount = pgEnum('ledger_account', e.LEDGER_ACCOUNTS)
export const withdrawalStatus = pgEnum('withdrawal_status', e.WITHDRAWAL_STATUSES)
export const competitionType = pgEnum('competition_type', e.COMPETITION_TYPES)
export const competitionMode = pgEnum('competition_mode', e.COMPETITION_MODES)
export const pearlTransactionType = pgEnum('pearl_transaction_type', e.PEARL_TRANSACTION_TYPES)
export const cosmeticType = pgEnum('cosmetic_type', e.COSMETIC_TYPES)
export const cosmeticRarity = pgEnum('cosmetic_rarity', e.COSMETIC_RARITIES)
export const progressStatus = pgEnum('progress_status', e.PROGRESS_STATUSES)
