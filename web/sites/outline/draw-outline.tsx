import { renderToStaticMarkup } from 'react-dom/server'
import { speak } from '#web/data/locale.ts'
import type { Locale } from '#web/i18n/paraglide/runtime.js'
import type { Site } from '#web/sites/site.ts'
import type { Viewer } from './outline.ts'
import { OutlinePage } from './outline-page.tsx'

/** The HTML of one page's outline in one language. It has no attribute `style`, which the policy of every page forbids. */
export function drawOutline(site: Site, { path, viewer, locale }: { path: string; viewer: Viewer; locale: Locale }): string {
  const { name, Mark } = site
  speak(locale)
  const brand = (
    <a className="ui-brand" href="/">
      <Mark />
      {name}
    </a>
  )
  return renderToStaticMarkup(<OutlinePage site={site} brand={brand} path={path} viewer={viewer} />)
}
