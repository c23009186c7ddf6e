import type { Locale } from '#domain/enums.ts'

const TAGS = { fr: 'fr-FR', en: 'en-GB' } as const

/** Integer cents as the reader writes them: « 49,00 € », "€49.00". */
export function amountIn(locale: Locale, cents: number): string {
  return new Intl.NumberFormat(TAGS[locale], { style: 'currency', currency: 'EUR' }).format(cents / 100)
}

/** Basis points as a percentage without needless zeros: 2000 → « 20 % ». */
export function percentIn(locale: Locale, bps: number): string {
  return new Intl.NumberFormat(TAGS[locale], { style: 'percent', maximumFractionDigits: 2 }).format(bps / 10_000)
}

/** The day in Paris, where the business keeps its calendar. */
export function dayIn(locale: Locale, at: Date): string {
  return new Intl.DateTimeFormat(TAGS[locale], { dateStyle: 'long', timeZone: 'Europe/Paris' }).format(at)
}
