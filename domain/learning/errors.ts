/** Refusals of the formations. */
export const LEARNING_ERRORS = {
  module_locked: 409,
} as const
