import { useSyncExternalStore } from 'react'
import { baseLocale, isLocale, locales, overwriteGetLocale, type Locale } from '#web/i18n/paraglide/runtime.js'

const COOKIE = 'locale'
const A_YEAR = 31_536_000

let current: Locale = baseLocale
const listeners = new Set<() => void>()

/** What the reader chose, else the language in which the page was served, which the API decided from the browser's languages. */
function preferred(): Locale {
  const chosen = /(?:^|;\s*)locale=([a-z]+)/.exec(document.cookie)?.[1]
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

/** A choice of language is asked for by the reader and tells nothing else: its cookie needs no consent. */
export function chooseLocale(locale: Locale) {
  document.cookie = `${COOKIE}=${locale}; Path=/; Max-Age=${A_YEAR}; SameSite=Lax`
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
