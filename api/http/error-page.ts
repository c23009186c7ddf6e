import type { Locale } from '#domain/base/enums.ts'
import { frenchSpaces } from '#domain/base/typography.ts'
import { statusOf } from '#domain/error-codes.ts'
import { messageOf } from '#domain/error-text.ts'
import type { AppError } from '#domain/error.ts'
import type { Config } from '#api/config.ts'

const MACHINES = /^\/(?:api|webhooks)(?:\/|$)/

/** Whether a person waits for a page: a browser that moves here names HTML first, and what programs ask for stands below /api and /webhooks. */
export function wantsPage({ method, url, headers }: Request): boolean {
  const isRead = method === 'GET' || method === 'HEAD'
  return isRead && !MACHINES.test(new URL(url).pathname) && (headers.get('accept') ?? '').includes('text/html')
}

const HOME = { fr: "Aller à l'accueil", en: 'Go to the home page' }
const TITLES = {
  fr: { 404: 'Page introuvable', 500: 'Un problème est survenu', other: 'Cette page ne peut pas s’ouvrir' },
  en: { 404: 'Page not found', 500: 'Something went wrong', other: 'This page cannot be opened' },
}

const STYLE = `:root{color-scheme:light dark;font:1rem/1.6 system-ui,sans-serif}
body{margin:0;min-height:100vh;display:grid;place-content:center;padding:1.5rem;box-sizing:border-box}
main{max-width:32rem}h1{font-size:1.5rem;line-height:1.25;margin:0 0 .75rem}p{margin:0 0 1.5rem}
a{display:inline-block;padding:.7rem 1.2rem;margin:0 .5rem .5rem 0;border:1px solid;border-radius:.6rem;color:inherit}
a:focus-visible{outline:3px solid Highlight;outline-offset:2px}small{opacity:.75}`

/**
 * A refusal as a person reads it, with a way on. It loads nothing and tells no other page its own address, which may be what was refused: it would
 * be refused again as the next page's referrer.
 */
export function errorPage(error: AppError, told: { locale: Locale; requestId: string; config: Config }): Response {
  const nonce = crypto.randomUUID()
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': `default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    'referrer-policy': 'no-referrer',
  }
  return new Response(htmlOf(error, told, nonce), { status: statusOf(error), headers })
}

function htmlOf(
  error: AppError,
  { locale, requestId, config }: { locale: Locale; requestId: string; config: Config },
  nonce: string,
): string {
  const title = escaped(titleOf(error, locale))
  const homes = error.code === 'misdirected_host' ? [config.WEOKTO_ORIGIN, config.STAM_ORIGIN] : ['/']
  const links = homes
    .map((home) => `<a href="${home}">${home === '/' ? escaped(typeset(HOME[locale], locale)) : new URL(home).host}</a>`)
    .join('')
  return `<!doctype html>
<html lang="${locale}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style nonce="${nonce}">${STYLE}</style>
<main>
<h1>${title}</h1>
<p>${escaped(messageOf(error, locale))}</p>
${links}
<p><small>${statusOf(error)} · ${escaped(requestId)}</small></p>
</main>
</html>
`
}

function titleOf(error: AppError, locale: Locale): string {
  const status = statusOf(error)
  const titles = TITLES[locale]
  return typeset(status === 404 ? titles[404] : status >= 500 ? titles[500] : titles.other, locale)
}

function typeset(text: string, locale: Locale): string {
  return locale === 'fr' ? frenchSpaces(text) : text
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
