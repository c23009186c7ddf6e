import type { ListOrder } from '#domain/base/list.ts'

export const ALL_COMMISSIONS_ORDER = {
  keys: ['earnedAt', 'totalCents', 'lockedUntil', 'decideBy'],
  usual: '-earnedAt',
} as const satisfies ListOrder

export const OWN_COMMISSIONS_ORDER = { keys: ['earnedAt', 'totalCents', 'lockedUntil'], usual: '-earnedAt' } as const satisfies ListOrder
