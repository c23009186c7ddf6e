import { parse } from 'hono/utils/cookie'
import * as z from 'zod/mini'
import { LOCALES, type Locale } from '#domain/base/enums.ts'
import { LOCALE_COOKIE } from '#domain/base/locale-cookie.ts'

const Chosen = z.enum(LOCALES)

/** The reader's language: what they chose, else what their browser asks for, else French. */
export function localeOf(request: Request): Locale {
  const chosen = Chosen.safeParse(parse(request.headers.get('cookie') ?? '', LOCALE_COOKIE.name)[LOCALE_COOKIE.name])
  if (chosen.success) return chosen.data
  const first = (request.headers.get('accept-language') ?? '')
    .slice(0, 200)
    .split(',')
    .map((part) => part.trim().slice(0, 2).toLowerCase())
  return first.find((tag) => tag === 'fr' || tag === 'en') === 'en' ? 'en' : 'fr'
}
