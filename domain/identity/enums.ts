export const USER_TYPES = ['CLIENT', 'AFFILIATE', 'ADMIN', 'PRODUCT_MANAGER', 'OWNER'] as const
export type UserType = (typeof USER_TYPES)[number]
