import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { communitiesQuery, communityQuery } from '#web/data/communities.ts'
import { mayDo } from '#web/shell/guard.ts'
import type { Frame } from '#web/shell/site-tree.tsx'

const beforeLoad = mayDo('community.chat')
const guildScreen = lazyRouteComponent(() => import('./community-screen.tsx'), 'GuildScreen')

/** The guilds of weokto.com. */
export function guildRoutes(shell: Frame) {
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
      component: guildScreen,
    }),
    createRoute({
      getParentRoute: () => shell,
      path: 'communities/$slug/$channelId',
      beforeLoad,
      loader: ({ context, params }) => context.queryClient.ensureQueryData(communityQuery(params.slug)),
      component: guildScreen,
    }),
  ] as const
}
