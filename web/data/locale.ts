import { useSyncExternalStore } from 'react'
import { LOCALE_COOKIE } from '#domain/base/locale-cookie.ts'
import { baseLocale, isLocale, locales, overwriteGetLocale, type Locale } from '#web/i18n/paraglide/runtime.js'

let current: Locale = baseLocale
const listeners = new Set<() => void>()

/** What the reader chose, else the language in which the page was served, which the API decided from the browser's languages. */
function preferred(): Locale {
  const [, chosen] = new RegExp(`(?:^|;\\s*)${LOCALE_COOKIE.name}=([a-z]+)`).exec(document.cookie) ?? []
  if (isLocale(chosen)) return chosen
  const { lang } = document.documentElement
  return isLocale(lang) ? lang : baseLocale
}

function show(locale: Locale) {
  document.documentElement.lang = locale
  speak(locale)
}

/** Every message and format asks this module which language to speak; without a browser it is told here. */
export function speak(locale: Locale) {
  current = locale
  overwriteGetLocale(() => current)
  for (const listener of listeners) listener()
}

/** Before the first render. */
export function startLocale() {
  show(preferred())
}

export function chooseLocale(locale: Locale) {
  document.cookie = `${LOCALE_COOKIE.name}=${locale}; Path=/; Max-Age=${LOCALE_COOKIE.seconds}; SameSite=Lax`
  show(locale)
}

export function useLocale(): Locale {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => current,
    () => current,
  )
}

const names = { fr: 'Français', en: 'English' } as const

export const localeChoices = locales.map((locale) => ({ locale, short: locale.toUpperCase(), name: names[locale] }))
