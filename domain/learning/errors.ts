import type { ErrorEntry } from '#domain/base/error-entry.ts'

/** Refusals of the formations. */
export const LEARNING_ERRORS = {
  module_locked: {
    status: 409,
    fr: 'Cette leçon s’ouvre après la précédente. Terminez la leçon en cours pour continuer.',
    en: 'This lesson opens after the one before it. Finish the current lesson to continue.',
  },
} as const satisfies Record<string, ErrorEntry>
