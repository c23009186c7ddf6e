import { createMemoryHistory, type AnyRoute, type AnyRouter } from '@tanstack/react-router'
import { renderToStaticMarkup } from 'react-dom/server'
import type { Locale, Platform } from '#domain/base/enums.ts'
import { speak } from '#web/data/locale.ts'
import { meQuery } from '#web/data/me.ts'
import type { RouterContext } from '#web/shell/context.ts'
import { SitePage } from '#web/shell/site-page.tsx'

/**
 * The HTML of a page that anybody may read, drawn by its own screen as a visitor sees it. What it has to ask the API for, and what depends on the day,
 * is left to the placeholders that the screen itself has for it.
 */
export async function drawPage(
  router: AnyRouter & { options: { context: RouterContext } },
  platform: Platform,
  path: string,
  locale: Locale,
): Promise<string> {
  speak(locale)
  router.update({ ...router.options, history: createMemoryHistory({ initialEntries: [path] }), scrollRestoration: false })
  for (const route of Object.values<AnyRoute>(router.routesById)) delete route.options.loader
  router.options.context.queryClient.setQueryData(meQuery.queryKey, { platform, locale, user: null })
  await router.load()
  for (const { routeId } of router.state.matches) await router.routesById[routeId]?.options.component?.preload?.()
  const html = renderToStaticMarkup(<SitePage router={router} />)
  if (/\sstyle=|<script/.test(html))
    throw new Error(`The page ${path} would have a style or a script within its HTML, which its policy forbids.`)
  // A press would go nowhere until the program is at work, and nothing would say so.
  return html.replaceAll('<button ', '<button disabled="" ')
}
