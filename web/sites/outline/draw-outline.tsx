import type { ComponentType } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { speak } from '#web/data/locale.ts'
import type { Locale } from '#web/i18n/paraglide/runtime.js'
import type { SiteOutlines, Viewer } from './outline.ts'
import { OutlinePage } from './outline-page.tsx'

type Sign = { name: string; Mark: ComponentType }

/** The HTML of one page's outline in one language. It has no attribute `style`, which the policy of every page forbids. */
export function drawOutline({ name, Mark }: Sign, outlines: SiteOutlines, page: { path: string; viewer: Viewer; locale: Locale }): string {
  speak(page.locale)
  const brand = (
    <a className="ui-brand" href="/">
      <Mark />
      {name}
    </a>
  )
  return renderToStaticMarkup(<OutlinePage outlines={outlines} brand={brand} path={page.path} viewer={page.viewer} />)
}
