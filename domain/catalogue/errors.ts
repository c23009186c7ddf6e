/** Refusals of products, plans, buttons and programmes. */
export const CATALOGUE_ERRORS = {
  button_inactive: 410,
  product_unavailable: 410,
  plan_needs_trial: 422,
  publish_incomplete: 409,
  price_locked: 409,
  has_buyers: 409,
  target_missing: 422,
  program_inactive: 409,
  guild_program_refused: 409,
} as const
