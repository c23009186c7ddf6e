import type { Locale } from '#domain/base/enums.ts'
import type { Asked } from './serve.ts'

/** `?lang=` first, else what the browser prefers, else French. */
export function readLocale(asked: Asked): Locale {
  const wish = asked.query.get('lang') ?? asked.headers['accept-language'] ?? 'fr'
  return wish.toLowerCase().startsWith('en') ? 'en' : 'fr'
}

/** Nothing is cached, nothing leaks by the referrer, nothing is loaded from elsewhere. Whether a page may be framed is its own to say. */
export const pageHeaders: Record<string, string> = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; connect-src 'self'; base-uri 'none'",
}
