/** Refusals of pearls, competitions and the shop. */
export const PLAY_ERRORS = {
  pearls_short: 409,
  cosmetic_owned: 409,
  reward_claimed: 409,
  board_not_final: 409,
} as const
