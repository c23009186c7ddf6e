import { lazyRouteComponent, redirect } from '@tanstack/react-router'
import { can, isStaff } from '#domain/access.ts'
import { guildsQuery } from '#web/data/communities.ts'
import { meQuery } from '#web/data/me.ts'
import { policyQuery } from '#web/data/policy.ts'
import { setupQuery } from '#web/data/setup.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { pages, type Visit } from '#web/sites/page.ts'

/** Whoever has work to do here goes straight to it; while nobody owns the place, the first work is to open it. */
async function toWork({ context: { queryClient } }: Visit) {
  const { user, awaitsOwner } = await queryClient.ensureQueryData(meQuery)
  if (awaitsOwner) throw redirect({ to: '/setup', replace: true })
  if (user && can(user.role, 'affiliation.own_balances')) throw redirect({ to: '/home', replace: true })
  if (user && isStaff(user.role)) throw redirect({ to: '/admin', replace: true })
}

/** What anybody may read. */
export const publicPages = pages({
  '/': {
    access: 'public',
    title: m.sites_landing_title,
    menus: { public: { label: m.sites_nav_home } },
    outline: { shape: 'text', lead: m.sites_landing_lead },
    // Where it leads depends on the role, which is not known yet; for most it is this one.
    forMembers: { title: m.overview_home_title, shape: 'figures', leadsTo: '/home' },
    before: toWork,
    load: ({ context }) => void context.queryClient.prefetchQuery(policyQuery),
    screen: lazyRouteComponent(() => import('./public/landing-screen.tsx'), 'LandingScreen'),
  },
  '/how': {
    access: 'public',
    title: m.sites_how_title,
    menus: { public: { label: m.sites_nav_how } },
    outline: { shape: 'text', lead: m.sites_how_lead },
    load: ({ context }) => context.queryClient.ensureQueryData(policyQuery),
    screen: lazyRouteComponent(() => import('./public/how-screen.tsx'), 'HowScreen'),
  },
  '/setup': {
    access: 'open',
    title: m.identity_setup_title,
    outline: { shape: 'form', lead: m.identity_setup_lead },
    load: ({ context }) => context.queryClient.fetchQuery(setupQuery),
    screen: lazyRouteComponent(() => import('#web/identity/setup/setup-screen.tsx'), 'SetupScreen'),
  },
  '/guilds': {
    access: 'public',
    title: m.sites_guilds_title,
    menus: { public: {} },
    outline: { shape: 'cards', lead: m.sites_guilds_lead },
    load: ({ context }) => context.queryClient.ensureQueryData(guildsQuery),
    screen: lazyRouteComponent(() => import('./public/guilds-screen.tsx'), 'GuildsScreen'),
  },
})
