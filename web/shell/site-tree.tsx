import { createRootRouteWithContext, createRoute, type RouteComponent } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { meQuery } from '#web/data/me.ts'
import type { RouterContext } from './context.ts'
import { NotFound } from './problem.tsx'
import { wholePage } from './whole-page.tsx'

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** Anybody may read it and search engines may show it; it stands in the site's map. */
    isPublic?: boolean
  }
}

export function siteRoot() {
  return createRootRouteWithContext<RouterContext>()()
}

type SiteRoot = ReturnType<typeof siteRoot>

/** A frame that knows who is here: what stands in it is asked for once GET /api/me has answered. */
export function frameRoute(root: SiteRoot, id: 'shell' | 'checkout', component: RouteComponent, brand: ReactNode) {
  return createRoute({
    getParentRoute: () => root,
    id,
    beforeLoad: async ({ context }) => ({ me: await context.queryClient.ensureQueryData(meQuery) }),
    component,
    ...wholePage(brand),
  })
}

/** What an area of screens is given to hang its routes in: `export function linkRoutes(shell: Frame)`. */
export type Frame = ReturnType<typeof frameRoute>

/** Any other address: said within the frame, so that every way on is still there. */
export function elsewhereRoute(shell: Frame) {
  return createRoute({ getParentRoute: () => shell, path: '$', component: NotFound })
}
