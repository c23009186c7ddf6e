import type { ListOrder } from '#domain/base/list.ts'

/** The owner's sales. `datedAt`: when an invoice was paid, or made while it is not. */
export const ALL_INVOICES_ORDER = {
  name: 'sales',
  keys: ['datedAt', 'amountCents', 'commissionCents'],
  usual: '-datedAt',
} as const satisfies ListOrder
