import { AFFILIATION_ERRORS } from './affiliation/errors.ts'
import { BASE_ERRORS } from './base/errors.ts'
import { CATALOGUE_ERRORS } from './catalogue/errors.ts'
import { COMMUNITY_ERRORS } from './community/errors.ts'
import { IDENTITY_ERRORS } from './identity/errors.ts'
import { LEARNING_ERRORS } from './learning/errors.ts'
import { PLAY_ERRORS } from './play/errors.ts'
import { SELLING_ERRORS } from './selling/errors.ts'

/**
 * Every refusal the platform can give, with its HTTP status. Codes are part of the wire; what a person reads instead stands in
 * `messages/{fr,en}/errors.json`, which only the API opens (`error-text.ts`).
 */
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

export function statusOf({ code }: { readonly code: ErrorCode }): number {
  return ERROR_CODES[code]
}

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(ERROR_CODES, value)
}
