import type { PageFiles } from './files-of.ts'
import type { ReadPage } from './read-sites.ts'

const REGIONS = { fr: 'fr_FR', en: 'en_GB' }
const STYLESHEET = /\s*<link rel="stylesheet"[^>]*>/g

/** One page's HTML: the site's packed page with the words, the drawing and the addresses of everything that this page will ask for. */
export function fill(template: string, page: ReadPage, { scripts, styles }: PageFiles): string {
  const sheets = [...(template.match(STYLESHEET) ?? []).map((link) => link.trim()), ...styles.map(sheet)]
  const isNamed = (file: string): boolean => template.includes(`"${file}"`)
  const calls = ['/api/me', ...page.asks].map((path) => `<link rel="preload" as="fetch" crossorigin="anonymous" href="${escaped(path)}">`)
  const modules = scripts.filter((file) => !isNamed(file)).map((file) => `<link rel="modulepreload" crossorigin href="${file}">`)
  const words = { locale: page.locale, region: REGIONS[page.locale], title: page.title, description: page.description }
  const html = template
    .replaceAll(STYLESHEET, '')
    // Nothing is drawn before these have come, so nothing stands before them in the queue.
    .replace(/(<meta charset="utf-8" \/>)/, `$1\n    ${sheets.join('\n    ')}`)
    .replace('</head>', () => `  ${[...calls, ...modules].join('\n    ')}\n  </head>`)
    .replaceAll(/\{(locale|region|title|description)\}/g, (_, name: keyof typeof words) => escaped(words[name]))
  return html.replace('{page}', () => page.html)
}

const sheet = (file: string): string => `<link rel="stylesheet" crossorigin href="${file}">`

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
