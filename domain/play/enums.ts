export const COMPETITION_TYPES = ['WEEKLY', 'MONTHLY', 'SEASONAL'] as const
export type CompetitionType = (typeof COMPETITION_TYPES)[number]

export const COMPETITION_MODES = ['SOLO', 'GUILD'] as const
export type CompetitionMode = (typeof COMPETITION_MODES)[number]

export const PEARL_TRANSACTION_TYPES = ['SALE', 'COMPETITION', 'BONUS', 'PURCHASE', 'BOOST', 'EVENT'] as const
export type PearlTransactionType = (typeof PEARL_TRANSACTION_TYPES)[number]

export const COSMETIC_TYPES = ['BADGE', 'AVATAR_FRAME', 'BACKGROUND', 'EFFECT', 'TITLE'] as const
export type CosmeticType = (typeof COSMETIC_TYPES)[number]

export const COSMETIC_RARITIES = ['COMMON', 'RARE', 'EPIC', 'LEGENDARY'] as const
export type CosmeticRarity = (typeof COSMETIC_RARITIES)[number]
