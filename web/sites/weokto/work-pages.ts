import { lazyRouteComponent } from '@tanstack/react-router'
import { OWN_COMMISSIONS_ORDER } from '#domain/affiliation/lists.ts'
import { commissionQuery, commissionsQuery } from '#web/data/commissions.ts'
import { communitiesQuery, communityQuery } from '#web/data/communities.ts'
import { ledgerQuery } from '#web/data/ledger.ts'
import { linksQuery } from '#web/data/links.ts'
import { homeQuery } from '#web/data/overview.ts'
import { policyQuery } from '#web/data/policy.ts'
import { marketplaceQuery } from '#web/data/products.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { pages, type Visit } from '#web/sites/page.ts'

const guildScreen = () => lazyRouteComponent(() => import('#web/community/community/community-screen.tsx'), 'GuildScreen')
const loadGuild = ({ context, params }: Visit<'/communities/$slug'>) => context.queryClient.ensureQueryData(communityQuery(params.slug))

/** What an affiliate works with, and the guilds, which are everybody's; in the order of use. */
export const workPages = pages({
  '/home': {
    access: 'affiliation.own_balances',
    title: m.overview_home_title,
    menus: { rail: { icon: 'home' } },
    outline: { shape: 'figures' },
    load: ({ context }) => context.queryClient.ensureQueryData(homeQuery),
    screen: lazyRouteComponent(() => import('#web/overview/affiliate/home-screen.tsx'), 'HomeScreen'),
  },
  '/marketplace': {
    access: 'affiliation.links',
    title: m.catalogue_products,
    menus: { rail: { icon: 'shop' } },
    outline: { shape: 'cards', lead: m.affiliation_market_lead },
    load: ({ context: { queryClient } }) =>
      Promise.all([queryClient.ensureQueryData(marketplaceQuery), queryClient.ensureQueryData(policyQuery)]),
    screen: lazyRouteComponent(() => import('#web/affiliation/marketplace/marketplace-screen.tsx'), 'MarketplaceScreen'),
  },
  '/links': {
    access: 'affiliation.links',
    title: m.affiliation_links_title,
    menus: { rail: { icon: 'link' } },
    outline: { shape: 'list', lead: m.affiliation_links_lead },
    load: ({ context }) => void context.queryClient.prefetchQuery(linksQuery({ page: 1 })),
    screen: lazyRouteComponent(() => import('#web/affiliation/link/links-screen.tsx'), 'LinksScreen'),
  },
  '/commissions': {
    access: 'affiliation.own_commissions',
    title: m.affiliation_commissions,
    menus: { rail: { icon: 'money' } },
    outline: { shape: 'list', lead: m.affiliation_own_com_lead },
    load: ({ context }) => {
      void context.queryClient.prefetchQuery(commissionsQuery({ sort: OWN_COMMISSIONS_ORDER.usual }))
      return context.queryClient.ensureQueryData(marketplaceQuery)
    },
    screen: lazyRouteComponent(() => import('#web/affiliation/commission/commissions-screen.tsx'), 'CommissionsScreen'),
  },
  '/commissions/$id': {
    access: 'affiliation.own_commissions',
    title: m.affiliation_commission,
    outline: { shape: 'list', ownHeading: true },
    load: ({ context, params }) => context.queryClient.ensureQueryData(commissionQuery(params.id)),
    screen: lazyRouteComponent(() => import('#web/affiliation/commission/commission-screen.tsx'), 'CommissionScreen'),
  },
  '/communities': {
    access: 'community.chat',
    title: m.community_chat_communities,
    menus: { rail: { label: m.community_guild, icon: 'chat' } },
    outline: { shape: 'cards' },
    load: ({ context }) => context.queryClient.ensureQueryData(communitiesQuery),
    screen: lazyRouteComponent(() => import('#web/community/community/communities-screen.tsx'), 'CommunitiesScreen'),
  },
  '/communities/$slug': {
    access: 'community.chat',
    title: m.community_chat_communities,
    outline: { shape: 'chat' },
    load: loadGuild,
    screen: guildScreen(),
  },
  '/communities/$slug/$channelId': {
    access: 'community.chat',
    title: m.community_chat_communities,
    outline: { shape: 'chat' },
    load: loadGuild,
    screen: guildScreen(),
  },
  '/ledger': {
    access: 'affiliation.own_ledger',
    title: m.affiliation_ledger_title,
    menus: { rail: { icon: 'wallet' } },
    outline: { shape: 'list', lead: m.affiliation_ledger_lead },
    load: ({ context }) => void context.queryClient.prefetchInfiniteQuery(ledgerQuery(undefined)),
    screen: lazyRouteComponent(() => import('#web/affiliation/ledger/ledger-screen.tsx'), 'LedgerScreen'),
  },
})
