import { makeQueryClient } from '#web/data/query-client.ts'
import { SkeletonPage } from '#web/ui/skeleton.tsx'
import type { MenuPage } from './menu.ts'
import { NotFound, RouteProblem } from './problem.tsx'

const SHOW_PENDING_AFTER = 250
const KEEP_PENDING_FOR = 300

/** What both sites' routers share: one query client, loading by intent, and pages for what goes wrong. */
export function routerOptions(pages: readonly MenuPage[]) {
  return {
    context: { queryClient: makeQueryClient(), pages },
    defaultPreload: 'intent',
    // The query client decides what is fresh; the router asks it each time.
    defaultPreloadStaleTime: 0,
    defaultPendingMs: SHOW_PENDING_AFTER,
    defaultPendingMinMs: KEEP_PENDING_FOR,
    defaultPendingComponent: SkeletonPage,
    defaultErrorComponent: RouteProblem,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: true,
  } as const
}
