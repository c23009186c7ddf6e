import { useSyncExternalStore } from 'react'
import { baseLocale, isLocale, locales, overwriteGetLocale, type Locale } from '#web/i18n/paraglide/runtime.js'

const COOKIE = 'locale'
const A_YEAR = 31_536_000

let current: Locale = baseLocale
const listeners = new Set<() => void>()

/** What the reader chose, else the first of their browser's languages that we speak, else French: as the API decides. */
function preferred(): Locale {
  const chosen = /(?:^|;\s*)locale=([a-z]+)/.exec(document.cookie)?.[1]
  if (isLocale(chosen)) return chosen
  for (const tag of navigator.languages) {
    const language = tag.slice(0, 2).toLowerCase()
    if (isLocale(language)) return language
  }
  return baseLocale
}

function show(locale: Locale) {
  current = locale
  document.documentElement.lang = locale
  for (const listener of listeners) listener()
}

/** Before the first render: every message and format asks this module which language to speak. */
export function startLocale() {
  overwriteGetLocale(() => current)
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
  )
}

const names = { fr: 'Français', en: 'English' } as const

export const localeChoices = locales.map((locale) => ({ locale, short: locale.toUpperCase(), name: names[locale] }))
