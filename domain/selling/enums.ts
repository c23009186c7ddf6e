export const INVOICE_STATUSES = ['DRAFT', 'PENDING', 'PAID', 'VOID', 'REFUNDED'] as const
export type InvoiceStatus = (typeof INVOICE_STATUSES)[number]

export const REFUND_STATUSES = ['PENDING', 'APPROVED', 'REJECTED', 'PROCESSED'] as const
export type RefundStatus = (typeof REFUND_STATUSES)[number]

export const CHECKOUT_STATES = ['IDENTIFY', 'CARD', 'REVIEW', 'PAYING', 'PAID', 'EXPIRED'] as const
export type CheckoutState = (typeof CHECKOUT_STATES)[number]

export const PAYMENT_ATTEMPT_KINDS = ['CHARGE', 'SETUP'] as const
export type PaymentAttemptKind = (typeof PAYMENT_ATTEMPT_KINDS)[number]

export const PAYMENT_ATTEMPT_STATUSES = ['CREATED', 'SENT', 'REQUIRES_ACTION', 'SUCCEEDED', 'DECLINED', 'UNKNOWN'] as const
export type PaymentAttemptStatus = (typeof PAYMENT_ATTEMPT_STATUSES)[number]

/** Money that moved and does not fit our books: for an invoice that another payment had settled, or not as we had asked for it. */
export const PAYMENT_DISCREPANCIES = ['paid_twice', 'mismatch'] as const
export type PaymentDiscrepancy = (typeof PAYMENT_DISCREPANCIES)[number]

/** The statuses of an attempt that may still take money: no other attempt at its invoice begins while it has one of them. */
export const OPEN_ATTEMPTS = ['CREATED', 'SENT', 'REQUIRES_ACTION', 'UNKNOWN'] as const satisfies readonly PaymentAttemptStatus[]
