import { lazyRouteComponent, redirect } from '@tanstack/react-router'
import { openingChannel } from '#web/community/channel/last-channel.ts'
import { communitiesQuery, communityQuery, showcaseQuery } from '#web/data/communities.ts'
import { meQuery } from '#web/data/me.ts'
import { accountQuery } from '#web/data/purchases.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { pages, type Visit } from '#web/sites/page.ts'
import { accountPage, sharedPages } from '#web/sites/shared-pages.tsx'
import type { Site } from '#web/sites/site.ts'
import { doors } from './doors.ts'
import { Mark } from './mark.tsx'

/** Whoever is in one community goes straight in; the rest see a home. */
async function loadHome({ context: { queryClient } }: Visit) {
  const { user } = await queryClient.ensureQueryData(meQuery)
  if (!user) return queryClient.ensureQueryData(showcaseQuery)
  // Nearly everybody needs it, so it is asked for together with the communities.
  const account = queryClient.prefetchQuery(accountQuery)
  const { communities } = await queryClient.ensureQueryData(communitiesQuery)
  const [only] = communities
  if (only && communities.length === 1) throw redirect({ to: '/c/$slug', params: { slug: only.slug }, replace: true })
  return Promise.all([
    account,
    communities.length === 0 && queryClient.ensureQueryData(showcaseQuery),
    import('#web/overview/client/client-home.tsx'),
  ])
}

/** A community opens at a channel: the first one right after joining, else where one was last. */
async function openCommunity({ context, params, location }: Visit<'/c/$slug'>) {
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

const communityScreen = () => lazyRouteComponent(() => import('#web/community/community/community-screen.tsx'), 'CommunityScreen')
const communityProblem = lazyRouteComponent(() => import('#web/community/community/community-problem.tsx'), 'CommunityProblem')

const sign = { name: 'STAM', Mark } as const

/** Every page of be-stam.com, in the order of its menus. */
export const stamPages = {
  ...pages({
    '/': {
      access: 'public',
      title: m.sites_home_visitor_title,
      menus: { rail: { label: m.overview_home_title, icon: 'home' } },
      outline: { shape: 'cards', lead: m.sites_home_visitor_lead },
      forMembers: { title: m.overview_home_title, shape: 'list', ownHeading: true },
      load: loadHome,
      screen: lazyRouteComponent(() => import('./home-screen.tsx'), 'HomeScreen'),
    },
    '/c/$slug': {
      access: 'signed-in',
      title: m.community_channels,
      outline: { shape: 'chat' },
      load: openCommunity,
      screen: communityScreen(),
      problem: communityProblem,
    },
    '/c/$slug/$channelSlug': {
      access: 'signed-in',
      title: m.community_channels,
      outline: { shape: 'chat' },
      load: ({ context, params }) => context.queryClient.ensureQueryData(communityQuery(params.slug)),
      screen: communityScreen(),
      problem: communityProblem,
    },
  }),
  ...accountPage(sign, { rail: { icon: 'user' }, account: { icon: 'user' } }),
  ...sharedPages(sign),
}

export const stam: Site = { ...sign, pages: stamPages, doors }
