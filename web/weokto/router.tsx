/*
 * The map of this site. To add a screen:
 *
 *   1. const links = createRoute({
 *        getParentRoute: () => shell,
 *        path: 'links',
 *        beforeLoad: mayDo('affiliation.links'),        // or signedIn, staffOnly, or nothing for a public page
 *        loader: ({ context }) => context.queryClient.ensureQueryData(linksQuery),
 *        component: lazyRouteComponent(() => import('./links/links-screen.tsx'), 'LinksScreen'),
 *      })
 *   2. add `links` to shell.addChildren([…]) below.
 *
 * The screen reads the same query with useSuspenseQuery(linksQuery). A list keeps its state in the URL:
 * `validateSearch: anySearch`, then useTableState(useSearch({ strict: false }), (search) => navigate({ search })).
 * A screen that stands outside the frame (no navigation, no GET /api/me) is a child of `root` instead.
 */
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { channelRoute, communitiesRoute, communityRoute } from '#web/chat/routes.ts'
import { meQuery } from '#web/data/me.ts'
import type { RouterContext } from '#web/frame/context.ts'
import { routerOptions } from '#web/frame/router-options.tsx'
import { anySearch } from '#web/frame/search.ts'
import { Shell } from './shell.tsx'

const root = createRootRouteWithContext<RouterContext>()()

const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: ({ context }) => context.queryClient.ensureQueryData(meQuery),
  component: Shell,
})

const styleguide = createRoute({
  getParentRoute: () => root,
  path: 'styleguide',
  validateSearch: anySearch,
  component: lazyRouteComponent(() => import('./shell-styleguide.tsx'), 'StyleguidePage'),
})

const chat = [
  createRoute({ getParentRoute: () => shell, ...communitiesRoute }),
  createRoute({ getParentRoute: () => shell, ...communityRoute }),
  createRoute({ getParentRoute: () => shell, ...channelRoute }),
]

export const router = createRouter({
  ...routerOptions(),
  routeTree: root.addChildren([styleguide, shell.addChildren([...chat])]),
})
