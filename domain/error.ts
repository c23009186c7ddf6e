import { AFFILIATION_ERRORS } from './affiliation/errors.ts'
import { BASE_ERRORS } from './base/errors.ts'
import { CATALOGUE_ERRORS } from './catalogue/errors.ts'
import { COMMUNITY_ERRORS } from './community/errors.ts'
import { IDENTITY_ERRORS } from './identity/errors.ts'
import { LEARNING_ERRORS } from './learning/errors.ts'
import { PLAY_ERRORS } from './play/errors.ts'
import { SELLING_ERRORS } from './selling/errors.ts'
import type { ErrorEntry } from './base/error-entry.ts'
import type { Locale } from './base/enums.ts'
import { frenchSpaces } from './base/typography.ts'

/** Every refusal the platform can give: its HTTP status and the sentence that a person reads. Codes are part of the wire. */
export const ERROR_CODES = {
  ...BASE_ERRORS,
  ...IDENTITY_ERRORS,
  ...COMMUNITY_ERRORS,
  ...CATALOGUE_ERRORS,
  ...LEARNING_ERRORS,
  ...PLAY_ERRORS,
  ...AFFILIATION_ERRORS,
  ...SELLING_ERRORS,
}

export type ErrorCode = keyof typeof ERROR_CODES

/** Which input was wrong and why, by its path ("email", "address.city"); the values are sentences for people. */
export type ErrorFields = Readonly<Record<string, string>>

/** The only error that is meant to reach a person. Anything else that is thrown answers `internal` and nothing more. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly fields: ErrorFields | null
  /** What was said instead of the table's sentence, in the person's language; null when the table speaks. */
  readonly said: string | null

  constructor(code: ErrorCode, message?: string, fields?: ErrorFields) {
    super(message ?? ERROR_CODES[code].en)
    this.name = 'AppError'
    this.code = code
    this.fields = fields ?? null
    this.said = message ?? null
  }

  get status(): number {
    return ERROR_CODES[this.code].status
  }
}

/** The sentence of a code in a language, typeset. */
export function text(code: ErrorCode, locale: Locale): string {
  const entry: ErrorEntry = ERROR_CODES[code]
  return locale === 'fr' ? frenchSpaces(entry.fr) : entry.en
}

/** What the error body says: the sentence given with the error, else the table's. */
export function messageOf(error: AppError, locale: Locale): string {
  return error.said ?? text(error.code, locale)
}

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(ERROR_CODES, value)
}
