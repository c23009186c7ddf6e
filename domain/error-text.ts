import type { Locale } from './base/enums.ts'
import type { ErrorCode } from './error-codes.ts'
import type { AppError } from './error.ts'
import en from './messages/en/errors.json' with { type: 'json' }
import fr from './messages/fr/errors.json' with { type: 'json' }

/** The one place that opens the sentences: pages get theirs with the answer, so that no page carries them all. */
const SENTENCES: Readonly<Record<Locale, Readonly<Record<ErrorCode, string>>>> = { fr, en }

/** The sentence of a code in a language. */
export function text(code: ErrorCode, locale: Locale): string {
  return SENTENCES[locale][code]
}

/** What the error body says: the sentence given with the error, else the table's. */
export function messageOf(error: AppError, locale: Locale): string {
  return error.said ?? text(error.code, locale)
}
