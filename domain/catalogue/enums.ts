export const RATE_TYPES = ['percentage', 'fixed'] as const
export type RateType = (typeof RATE_TYPES)[number]

export const ACCESS_TYPES = ['community', 'formation', 'channel', 'module'] as const
export type AccessType = (typeof ACCESS_TYPES)[number]

export const BUTTON_PAYMENT_TYPES = ['subscription', 'one-time'] as const
export type ButtonPaymentType = (typeof BUTTON_PAYMENT_TYPES)[number]
