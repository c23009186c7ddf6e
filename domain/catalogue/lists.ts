import type { ListOrder } from '#domain/base/list.ts'

export const PRODUCTS_ORDER = { name: 'products', keys: ['createdAt'], usual: '-createdAt' } as const satisfies ListOrder
