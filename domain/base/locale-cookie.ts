/**
 * The reader's choice of a language, which the pages write and the API reads. It is asked for by the reader and tells nothing else, so it needs no
 * consent; it holds for a year.
 */
export const LOCALE_COOKIE = { name: 'locale', seconds: 365 * 86_400 } as const
