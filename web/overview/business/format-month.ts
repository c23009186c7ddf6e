import { getLocale } from '#web/i18n/paraglide/runtime.js'
import { noonOf } from '#web/ui/format.ts'

const tags = { fr: 'fr-FR', en: 'en-GB' } as const

/** « janvier 2027 » for 2027-01. */
export function formatMonth(month: string): string {
  return new Intl.DateTimeFormat(tags[getLocale()], { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(noonOf(`${month}-15`))
}
