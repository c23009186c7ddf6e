import { getLocale } from '#web/i18n/paraglide/runtime.js'

/*
 * Apart from dates and money: the menus count what is unread with it, so it is in every first load, and those are not.
 */

const tags = { fr: 'fr-FR', en: 'en-GB' } as const
const formats = new Map<string, Intl.NumberFormat>()

/** The reader's language as the platform's own formatters know it. */
export function tag(): string {
  return tags[getLocale()]
}

export function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${tag()}${JSON.stringify(options)}`
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.NumberFormat(tag(), options)
  formats.set(key, made)
  return made
}

export function formatNumber(value: number, maximumFractionDigits = 0): string {
  return numberFormat({ maximumFractionDigits }).format(value)
}
