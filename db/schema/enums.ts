import { pgEnum } from 'drizzle-orm/pg-core'
import {
  AFFILIATE_RISK_LEVELS,
  AFFILIATE_COMMISSION_STATUSES,
  BOOST_CODE_SCOPES,
  BOOST_REDEMPTION_STATUSES,
  LEDGER_ENTRY_TYPES,
  LEDGER_ACCOUNTS,
  WITHDRAWAL_STATUSES,
} from '#domain/affiliation/enums.ts'
import { PLATFORMS, PLAN_INTERVALS, CUSTOMER_STATUSES } from '#domain/base/enums.ts'
import { MEMBER_ROLES } from '#domain/community/enums.ts'
import { USER_TYPES } from '#domain/identity/enums.ts'
import { PROGRESS_STATUSES } from '#domain/learning/enums.ts'
import { COMPETITION_TYPES, COMPETITION_MODES, PEARL_TRANSACTION_TYPES, COSMETIC_TYPES, COSMETIC_RARITIES } from '#domain/play/enums.ts'
import { INVOICE_STATUSES, REFUND_STATUSES } from '#domain/selling/enums.ts'

/** The enum types, under the names that the owner's schema maps them to. Their values live in the domain. */
export const platform = pgEnum('platform', PLATFORMS)
export const userType = pgEnum('user_type', USER_TYPES)
export const memberRole = pgEnum('member_role', MEMBER_ROLES)
export const affiliateRiskLevel = pgEnum('affiliate_risk_level', AFFILIATE_RISK_LEVELS)
export const planInterval = pgEnum('plan_interval', PLAN_INTERVALS)
export const customerStatus = pgEnum('customer_status', CUSTOMER_STATUSES)
export const invoiceStatus = pgEnum('invoice_status', INVOICE_STATUSES)
export const refundStatus = pgEnum('refund_status', REFUND_STATUSES)
export const affiliateCommissionStatus = pgEnum('affiliate_commission_status', AFFILIATE_COMMISSION_STATUSES)
export const boostCodeScope = pgEnum('boost_code_scope', BOOST_CODE_SCOPES)
export const boostRedemptionStatus = pgEnum('boost_redemption_status', BOOST_REDEMPTION_STATUSES)
export const ledgerEntryType = pgEnum('ledger_entry_type', LEDGER_ENTRY_TYPES)
export const ledgerAccount = pgEnum('ledger_account', LEDGER_ACCOUNTS)
export const withdrawalStatus = pgEnum('withdrawal_status', WITHDRAWAL_STATUSES)
export const competitionType = pgEnum('competition_type', COMPETITION_TYPES)
export const competitionMode = pgEnum('competition_mode', COMPETITION_MODES)
export const pearlTransactionType = pgEnum('pearl_transaction_type', PEARL_TRANSACTION_TYPES)
export const cosmeticType = pgEnum('cosmetic_type', COSMETIC_TYPES)
export const cosmeticRarity = pgEnum('cosmetic_rarity', COSMETIC_RARITIES)
export const progressStatus = pgEnum('progress_status', PROGRESS_STATUSES)
