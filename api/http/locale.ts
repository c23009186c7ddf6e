import type { Locale } from '#domain/base/enums.ts'

/** The reader's language: what they chose (cookie `locale`), else what their browser asks for, else French. */
export function localeOf(request: Request): Locale {
  const chosen = /(?:^|;\s*)locale=(fr|en)\b/.exec(request.headers.get('cookie') ?? '')?.[1]
  if (chosen === 'fr' || chosen === 'en') return chosen
  const first = (request.headers.get('accept-language') ?? '')
    .slice(0, 200)
    .split(',')
    .map((part) => part.trim().slice(0, 2).toLowerCase())
  return first.find((tag) => tag === 'fr' || tag === 'en') === 'en' ? 'en' : 'fr'
}
