import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { openingChannel } from '#web/community/channel/last-channel.ts'
import { communitiesQuery, communityQuery, showcaseQuery } from '#web/data/communities.ts'
import { meQuery } from '#web/data/me.ts'
import { accountQuery } from '#web/data/purchases.ts'
import type { RouterContext } from '#web/shell/context.ts'
import { signedIn } from '#web/shell/guard.ts'
import { anySearch } from '#web/shell/search.ts'
import type { Frame } from '#web/shell/site-tree.tsx'

type Visit = { context: RouterContext }

/** Whoever is in one community goes straight in; the rest see a home. */
async function loadHome({ context: { queryClient } }: Visit) {
  const { user } = await queryClient.ensureQueryData(meQuery)
  if (!user) return queryClient.ensureQueryData(showcaseQuery)
  const { communities } = await queryClient.ensureQueryData(communitiesQuery)
  const [only] = communities
  if (only && communities.length === 1) throw redirect({ to: '/c/$slug', params: { slug: only.slug }, replace: true })
  return Promise.all([
    queryClient.ensureQueryData(accountQuery),
    communities.length === 0 && queryClient.ensureQueryData(showcaseQuery),
    import('#web/overview/client/client-home.tsx'),
  ])
}

type CommunityVisit = Visit & { params: { slug: string }; location: { search: Record<string, unknown> } }

/** A community opens at a channel: the first one right after joining, else where one was last. */
async function openCommunity({ context, params, location }: CommunityVisit) {
  const community = await context.queryClient.ensureQueryData(communityQuery(params.slug))
  const channel = openingChannel(community, 'welcome' in location.search)
  if (!channel) return
  throw redirect({
    to: '/c/$slug/$channelSlug',
    params: { slug: params.slug, channelSlug: channel.slug },
    search: location.search,
    replace: true,
  })
}

const communityProblem = lazyRouteComponent(() => import('#web/community/community/community-problem.tsx'), 'CommunityProblem')
const communityScreen = lazyRouteComponent(() => import('#web/community/community/community-screen.tsx'), 'CommunityScreen')

/** The screens that only this site has. */
export function stamRoutes(shell: Frame) {
  return [
    createRoute({
      getParentRoute: () => shell,
      path: '/',
      staticData: { isPublic: true },
      loader: loadHome,
      component: lazyRouteComponent(() => import('./home-screen.tsx'), 'HomeScreen'),
    }),
    createRoute({
      getParentRoute: () => shell,
      path: 'c/$slug',
      validateSearch: anySearch,
      beforeLoad: signedIn,
      loader: openCommunity,
      component: communityScreen,
      errorComponent: communityProblem,
    }),
    createRoute({
      getParentRoute: () => shell,
      path: 'c/$slug/$channelSlug',
      validateSearch: anySearch,
      beforeLoad: signedIn,
      loader: ({ context, params }) => context.queryClient.ensureQueryData(communityQuery(params.slug)),
      component: communityScreen,
      errorComponent: communityProblem,
    }),
  ] as const
}
