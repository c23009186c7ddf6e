import type { Days } from '#domain/base/paris.ts'
import { frenchFirst } from '#domain/base/typography.ts'
import { getLocale } from '#web/i18n/paraglide/runtime.js'
import { numberFormat, tag } from './number-format.ts'

/** The business counts its days in Paris whatever the reader's own clock says. */
export const BUSINESS_TIME_ZONE = 'Europe/Paris'

const formats = new Map<string, Intl.DateTimeFormat>()

function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${tag()}${JSON.stringify(options)}`
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(tag(), { timeZone: BUSINESS_TIME_ZONE, ...options })
  formats.set(key, made)
  return made
}

export type Instant = Date | string | number

/** An amount in integer cents as euros of the reader's locale: 4900 → « 49,00 € ». */
export function formatMoney(cents: number, options: { signed?: boolean } = {}): string {
  const signDisplay = options.signed ? 'exceptZero' : 'auto'
  return withMinus(numberFormat({ style: 'currency', currency: 'EUR', signDisplay }).format(cents / 100))
}

/** The same without cents, for the axis of a chart: 10000 → « 100 € ». */
export function formatEuros(cents: number): string {
  const whole = { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 } as const
  return withMinus(numberFormat(whole).format(cents / 100))
}

/** A real minus sign: a hyphen is too short beside digits and may break at the end of a line. */
function withMinus(text: string): string {
  return text.replace('-', '−')
}

/** A rate in integer ten-thousandths as a percentage: 3000 → « 30 % ». */
export function formatRate(tenThousandths: number, maximumFractionDigits = 2): string {
  return numberFormat({ style: 'percent', maximumFractionDigits }).format(tenThousandths / 10_000)
}

function dayText(options: Intl.DateTimeFormatOptions, at: Instant): string {
  const day = dateFormat(options).format(new Date(at))
  return getLocale() === 'fr' ? frenchFirst(day) : day
}

/** « 6 janv. 2027 »: a Paris day. */
export function formatDay(at: Instant): string {
  return dayText({ day: 'numeric', month: 'short', year: 'numeric' }, at)
}

/** « 3 mars – 1er avr. 2026 »: days of Paris, both included. */
export function formatDays({ from, to }: Days): string {
  const parts = dateFormat({ day: 'numeric', month: 'short', year: 'numeric' }).formatRangeToParts(noonOf(from), noonOf(to))
  const first = (value: string) => (getLocale() === 'fr' && value === '1' ? '1er' : value)
  return parts.map(({ type, value }) => (type === 'day' ? first(value) : value)).join('')
}

/** « 6 janv. »: for axes and lists that already say the year. */
export function formatShortDay(at: Instant): string {
  return dayText({ day: 'numeric', month: 'short' }, at)
}

/** « 6 janvier 2027 à 14:30 », Paris time. */
export function formatDateTime(at: Instant): string {
  return dayText({ dateStyle: 'long', timeStyle: 'short' }, at)
}

export function formatTime(at: Instant, timeZone = BUSINESS_TIME_ZONE): string {
  return dateFormat({ timeStyle: 'short', timeZone }).format(new Date(at))
}

const steps: ReadonlyArray<readonly [Intl.RelativeTimeFormatUnit, number]> = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

/** « il y a 3 jours », « dans 2 heures »: the largest unit that fits at least once. */
export function formatRelative(at: Instant, now: Instant): string {
  const seconds = Math.round((new Date(at).getTime() - new Date(now).getTime()) / 1000)
  const relative = new Intl.RelativeTimeFormat(tag(), { numeric: 'auto' })
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return relative.format(Math.trunc(seconds / size), unit)
  }
  return relative.format(0, 'second')
}

/** The name of a country in the reader's language; the code itself when it has none. */
export function formatCountry(code: string): string {
  return new Intl.DisplayNames([tag()], { type: 'region' }).of(code) ?? code
}

/** Midday of a day given as YYYY-MM-DD: whatever the clock's shift, it stays that day in Paris. */
export function noonOf(day: string): Date {
  return new Date(`${day}T12:00:00Z`)
}
