/*
 * The map of this site. Screens come in areas; each area hangs its own routes in the frame it is given:
 *
 *   1. web/links/routes.ts
 *        export function linkRoutes(shell: Frame) {
 *          return [
 *            createRoute({
 *              getParentRoute: () => shell,
 *              path: 'links',
 *              validateSearch: anySearch,                    // a list keeps its state in the address (useTableState)
 *              beforeLoad: mayDo('affiliation.links'),       // or signedIn, staffOnly, or nothing for a public page
 *              loader: ({ context }) => context.queryClient.ensureQueryData(linksQuery),
 *              component: lazyRouteComponent(() => import('../../weokto/links-screen.tsx'), 'LinksScreen'),
 *            }),
 *          ] as const
 *        }
 *   2. here: add `...linkRoutes(shell)` to shell.addChildren below.
 *
 * The screen reads the same query with useSuspenseQuery(linksQuery): no loading branch, no `if (!data)`.
 * `shell` is the frame with the navigation, `till` the one for paying, which leads nowhere else.
 */
import { createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { chatRoutes } from '#web/community/community/routes.ts'
import { confirmRoute, signInRoute } from '#web/identity/sign-in/routes.ts'
import { checkoutRoute, payRoute } from '#web/selling/checkout/routes.ts'
import { routerOptions } from '#web/shell/router-options.tsx'
import { anySearch } from '#web/shell/search.ts'
import { elsewhereRoute, frameRoute, siteRoot } from '#web/shell/site-tree.tsx'
import { adminRoutes } from './admin-routes.ts'
import { affiliateRoutes } from './affiliate-routes.ts'
import { publicRoutes } from './public-routes.ts'
import { brand } from './shell-brand.tsx'
import { Shell } from './shell.tsx'

const root = siteRoot()
const shell = frameRoute(root, 'shell', Shell, brand)
const till = frameRoute(
  root,
  'till',
  lazyRouteComponent(() => import('./till.tsx'), 'Till'),
  brand,
)

const styleguide = createRoute({
  getParentRoute: () => root,
  path: 'styleguide',
  validateSearch: anySearch,
  component: lazyRouteComponent(() => import('./shell-styleguide.tsx'), 'StyleguidePage'),
})

const paying = [
  createRoute({ getParentRoute: () => till, ...payRoute }),
  createRoute({ getParentRoute: () => till, ...checkoutRoute }),
] as const

const signingIn = [
  createRoute({ getParentRoute: () => shell, ...signInRoute }),
  createRoute({ getParentRoute: () => shell, ...confirmRoute }),
] as const

export const router = createRouter({
  ...routerOptions(),
  routeTree: root.addChildren([
    styleguide,
    till.addChildren([...paying]),
    shell.addChildren([
      elsewhereRoute(shell),
      ...signingIn,
      ...publicRoutes(shell),
      ...affiliateRoutes(shell),
      ...adminRoutes(shell),
      ...chatRoutes(shell),
    ]),
  ]),
})
