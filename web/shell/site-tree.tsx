import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, type RouteComponent } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { meQuery } from '#web/data/me.ts'
import type { RouterContext } from './context.ts'
import { wholePage } from './whole-page.tsx'

export function siteRoot() {
  return createRootRouteWithContext<RouterContext>()()
}

type SiteRoot = ReturnType<typeof siteRoot>

interface Frame {
  id: 'shell' | 'checkout'
  component: RouteComponent
  brand: ReactNode
  /** Begins to ask for what the frame itself shows to whoever is signed in; no page waits for it. */
  load?: (queryClient: QueryClient) => void
}

/** A frame that knows who is here: what stands in it is asked for once GET /api/me has answered. */
export function frameRoute(root: SiteRoot, { id, component, brand, load }: Frame) {
  return createRoute({
    getParentRoute: () => root,
    id,
    beforeLoad: async ({ context }) => {
      const { user } = await context.queryClient.ensureQueryData(meQuery)
      if (user) load?.(context.queryClient)
    },
    component,
    ...wholePage(brand),
  })
}
