import type { Locale } from '#domain/base/enums.ts'
import { frenchFirst } from '#domain/base/typography.ts'

const TAGS = { fr: 'fr-FR', en: 'en-GB' } as const

/** Making a formatter costs a hundred times what using it costs, so there is one of each kind and language. */
const money = forBoth((tag) => new Intl.NumberFormat(tag, { style: 'currency', currency: 'EUR' }))
const percent = forBoth((tag) => new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 2 }))
const longDay = forBoth((tag) => new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: 'Europe/Paris' }))

function forBoth<Format>(make: (tag: string) => Format): Record<Locale, Format> {
  return { fr: make(TAGS.fr), en: make(TAGS.en) }
}

const moment = forBoth((tag) => new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeStyle: 'short', timeZone: 'Europe/Paris' }))

/** Integer cents as the reader writes them: « 49,00 € », "€49.00". */
export function amountIn(locale: Locale, cents: number): string {
  return money[locale].format(cents / 100)
}

/** Basis points as a percentage without needless zeros: 2000 → « 20 % ». */
export function percentIn(locale: Locale, bps: number): string {
  return percent[locale].format(bps / 10_000)
}

/** The day in Paris, where the business keeps its calendar. */
export function dayIn(locale: Locale, at: Date): string {
  const day = longDay[locale].format(at)
  return locale === 'fr' ? frenchFirst(day) : day
}

/** The day and the minute in Paris. */
export function momentIn(locale: Locale, at: Date): string {
  const text = moment[locale].format(at)
  return locale === 'fr' ? frenchFirst(text) : text
}
