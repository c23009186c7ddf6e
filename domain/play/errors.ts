import type { ErrorEntry } from '#domain/base/error-entry.ts'

/** Refusals of pearls, competitions and the shop. */
export const PLAY_ERRORS = {
  pearls_short: {
    status: 409,
    fr: "Vous n'avez pas assez de perles pour cet achat. Chaque vente en rapporte.",
    en: 'You do not have enough pearls for this. Every sale brings some.',
  },
  cosmetic_owned: {
    status: 409,
    fr: 'Vous possédez déjà cet objet. Équipez-le depuis MyOkto.',
    en: 'You already own this item. Equip it in MyOkto.',
  },
  reward_claimed: {
    status: 409,
    fr: 'Cette récompense a déjà été réclamée.',
    en: 'This reward has already been claimed.',
  },
  board_not_final: {
    status: 409,
    fr: "Ce classement n'est pas encore définitif. La récompense pourra être réclamée 15 jours après la fin.",
    en: 'This board is not final yet. The reward can be claimed 15 days after the end.',
  },
} as const satisfies Record<string, ErrorEntry>
