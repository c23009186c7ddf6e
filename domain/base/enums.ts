/**
 * Statuses and kinds that the database stores, in the order of the owner's schema; values added since stand last. The PostgreSQL enum types
 * are made from these arrays, so a new value is written here, on its shelf, and nowhere else. Those that shelves further left read, too, stand
 * here. Kinds that the schema keeps as text are held by a CHECK.
 */

export const PLATFORMS = ['WEOKTO', 'STAM'] as const
export type Platform = (typeof PLATFORMS)[number]

export const PLAN_INTERVALS = ['ONE_TIME', 'MONTHLY', 'QUARTERLY', 'ANNUALLY', 'LIFETIME'] as const
export type PlanInterval = (typeof PLAN_INTERVALS)[number]

/** INCOMPLETE is ours: somebody who ordered and has not paid, with no access and no attribution. */
export const CUSTOMER_STATUSES = ['TRIAL', 'ACTIVE', 'PAST_DUE', 'CANCELLED', 'EXPIRED', 'INCOMPLETE'] as const
export type CustomerStatus = (typeof CUSTOMER_STATUSES)[number]

/** A purchase in one of these states still opens what it bought. */
export const STATUSES_WITH_ACCESS = ['TRIAL', 'ACTIVE', 'PAST_DUE', 'CANCELLED'] as const satisfies readonly CustomerStatus[]

export function hasAccess(status: CustomerStatus): boolean {
  return STATUSES_WITH_ACCESS.some((open) => open === status)
}

export const INVOICE_KINDS = ['FIRST', 'TRIAL', 'RENEWAL', 'UPGRADE'] as const
export type InvoiceKind = (typeof INVOICE_KINDS)[number]

export const LOCALES = ['fr', 'en'] as const
export type Locale = (typeof LOCALES)[number]
