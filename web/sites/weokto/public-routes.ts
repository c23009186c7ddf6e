import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { can, isStaff } from '#domain/access.ts'
import { guildsQuery } from '#web/data/communities.ts'
import { anySearch } from '#web/shell/search.ts'
import type { Frame } from '#web/shell/site-tree.tsx'

/** What anybody may read, and one's own account. Whoever has work to do here goes straight to it. */
export function publicRoutes(shell: Frame) {
  return [
    createRoute({
      getParentRoute: () => shell,
      path: '/',
      staticData: { isPublic: true },
      beforeLoad: ({ context: { me } }) => {
        const role = me.user?.role
        if (role && can(role, 'affiliation.own_balances')) throw redirect({ to: '/home', replace: true })
        if (role && isStaff(role)) throw redirect({ to: '/admin', replace: true })
      },
      component: lazyRouteComponent(() => import('./public/landing-screen.tsx'), 'LandingScreen'),
    }),
    createRoute({
      getParentRoute: () => shell,
      path: 'how',
      staticData: { isPublic: true },
      validateSearch: anySearch,
      component: lazyRouteComponent(() => import('./public/how-screen.tsx'), 'HowScreen'),
    }),
    createRoute({
      getParentRoute: () => shell,
      path: 'guilds',
      staticData: { isPublic: true },
      loader: ({ context }) => context.queryClient.ensureQueryData(guildsQuery),
      component: lazyRouteComponent(() => import('./public/guilds-screen.tsx'), 'GuildsScreen'),
    }),
  ] as const
}
