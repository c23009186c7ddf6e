import type { ListOrder } from '#domain/base/list.ts'

export const PRODUCTS_ORDER = { keys: ['createdAt'], usual: '-createdAt' } as const satisfies ListOrder
