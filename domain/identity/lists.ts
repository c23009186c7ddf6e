import type { ListOrder } from '#domain/base/list.ts'

export const PEOPLE_ORDER = {
  name: 'people',
  keys: ['createdAt', 'lastLoginAt', 'email'],
  usual: '-createdAt',
} as const satisfies ListOrder
