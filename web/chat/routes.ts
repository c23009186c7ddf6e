import { lazyRouteComponent } from '@tanstack/react-router'
import type { RouterContext } from '#web/frame/context.ts'
import { mayDo } from '#web/frame/guard.ts'
import { communitiesQuery, communityQuery } from '#web/data/communities.ts'

const beforeLoad = mayDo('own.chat')
const communityScreen = lazyRouteComponent(() => import('./community-screen.tsx'), 'CommunityScreen')
const loadCommunity = ({ context, params }: { context: RouterContext; params: { slug: string } }) =>
  context.queryClient.ensureQueryData(communityQuery(params.slug))

/** The chat's screens, the same on both sites: `createRoute({ getParentRoute: () => shell, ...communitiesRoute })`. */
export const communitiesRoute = {
  path: 'communities',
  beforeLoad,
  loader: ({ context }: { context: RouterContext }) => context.queryClient.ensureQueryData(communitiesQuery),
  component: lazyRouteComponent(() => import('./communities-screen.tsx'), 'CommunitiesScreen'),
} as const

export const communityRoute = { path: 'communities/$slug', beforeLoad, loader: loadCommunity, component: communityScreen } as const

export const channelRoute = { path: 'communities/$slug/$channelId', beforeLoad, loader: loadCommunity, component: communityScreen } as const
