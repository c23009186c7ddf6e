import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { communitiesQuery, communityQuery } from '#web/data/communities.ts'
import { mayDo } from '#web/shell/guard.ts'
import type { Frame } from '#web/shell/site-tree.tsx'

const beforeLoad = mayDo('community.chat')
const communityScreen = lazyRouteComponent(() => import('./community-screen.tsx'), 'CommunityScreen')

/** The chat's screens, the same on both sites. */
export function chatRoutes(shell: Frame) {
  return [
    createRoute({
      getParentRoute: () => shell,
      path: 'communities',
      beforeLoad,
      loader: ({ context }) => context.queryClient.ensureQueryData(communitiesQuery),
      component: lazyRouteComponent(() => import('./communities-screen.tsx'), 'CommunitiesScreen'),
    }),
    createRoute({
      getParentRoute: () => shell,
      path: 'communities/$slug',
      beforeLoad,
      loader: ({ context, params }) => context.queryClient.ensureQueryData(communityQuery(params.slug)),
      component: communityScreen,
    }),
    createRoute({
      getParentRoute: () => shell,
      path: 'communities/$slug/$channelId',
      beforeLoad,
      loader: ({ context, params }) => context.queryClient.ensureQueryData(communityQuery(params.slug)),
      component: communityScreen,
    }),
  ] as const
}
