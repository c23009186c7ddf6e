import type { Locale, Platform } from '#domain/base/enums.ts'

/** The folder of dist/web that holds a site's own files. */
export const folderOf = (platform: Platform | Lowercase<Platform>): string => `/${platform.toLowerCase()}`

/** The path that stands for every address that is no page. */
export const NO_PAGE = '/$'

export interface PageVariant {
  /** In the router's spelling: "/c/$slug". */
  path: string
  locale: Locale
  viewer: 'visitor' | 'member'
}

/** Where the build puts a page's HTML and the server finds it: one file for each language, with and without a session. */
export function pageFile(platform: Platform | Lowercase<Platform>, { path, locale, viewer }: PageVariant): string {
  const name = path === '/' ? '/index' : path.replaceAll('$', '_')
  return `${folderOf(platform)}/${locale}/${viewer}${name}.html`
}
