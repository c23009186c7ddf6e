import type { AnyRoute } from '@tanstack/react-router'
import { stamRouter } from './stam/router.ts'
import { weoktoRouter } from './weokto/router.ts'

/**
 * Every page of each site, read from the routers themselves while the build runs and written beside the site (`pages.json`): from it the server
 * knows which address is no page, and what to show to robots. The route that catches everything else is none.
 */
export const sitePages = { weokto: pagesOf(weoktoRouter()), stam: pagesOf(stamRouter()) }

function pagesOf({ routesByPath }: { routesByPath: Readonly<Record<string, AnyRoute>> }) {
  const routes = Object.entries(routesByPath).filter(([path]) => !path.endsWith('/$'))
  return {
    paths: routes.map(([path]) => path),
    public: routes.flatMap(([path, route]) => (route.options.staticData?.isPublic === true ? [path] : [])),
  }
}
