import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { commissionQuery, commissionsQuery, homeQuery, ledgerQuery } from '#web/data/affiliate.ts'
import { linksQuery } from '#web/data/links.ts'
import { marketplaceQuery } from '#web/data/marketplace.ts'
import { mayDo } from '#web/frame/guard.ts'
import { anySearch } from '#web/frame/search.ts'
import type { Frame } from '#web/frame/site-tree.tsx'

/** What an affiliate works with. */
export function affiliateRoutes(shell: Frame) {
  return [
    createRoute({
      getParentRoute: () => shell,
      path: 'home',
      beforeLoad: mayDo('affiliation.own_balances'),
      loader: ({ context }) => context.queryClient.ensureQueryData(homeQuery),
      component: lazyRouteComponent(() => import('./home/home-screen.tsx'), 'HomeScreen'),
    }),
    createRoute({
      getParentRoute: () => shell,
      path: 'marketplace',
      validateSearch: anySearch,
      beforeLoad: mayDo('affiliation.links'),
      loader: ({ context }) => context.queryClient.ensureQueryData(marketplaceQuery),
      component: lazyRouteComponent(() => import('./marketplace/marketplace-screen.tsx'), 'MarketplaceScreen'),
    }),
    createRoute({
      getParentRoute: () => shell,
      path: 'links',
      validateSearch: anySearch,
      beforeLoad: mayDo('affiliation.links'),
      loader: ({ context }) => void context.queryClient.prefetchQuery(linksQuery({ page: 1 })),
      component: lazyRouteComponent(() => import('./links/links-screen.tsx'), 'LinksScreen'),
    }),
    createRoute({
      getParentRoute: () => shell,
      path: 'commissions',
      validateSearch: anySearch,
      beforeLoad: mayDo('affiliation.own_commissions'),
      loader: ({ context }) => {
        void context.queryClient.prefetchQuery(commissionsQuery({ page: 1, sort: 'earnedAt', direction: 'desc' }))
        return context.queryClient.ensureQueryData(marketplaceQuery)
      },
      component: lazyRouteComponent(() => import('./commissions/commissions-screen.tsx'), 'CommissionsScreen'),
    }),
    createRoute({
      getParentRoute: () => shell,
      path: 'commissions/$id',
      beforeLoad: mayDo('affiliation.own_commissions'),
      loader: ({ context, params }) => context.queryClient.ensureQueryData(commissionQuery(params.id)),
      component: lazyRouteComponent(() => import('./commissions/commission-screen.tsx'), 'CommissionScreen'),
    }),
    createRoute({
      getParentRoute: () => shell,
      path: 'ledger',
      validateSearch: anySearch,
      beforeLoad: mayDo('affiliation.own_ledger'),
      loader: ({ context }) => void context.queryClient.prefetchInfiniteQuery(ledgerQuery(undefined)),
      component: lazyRouteComponent(() => import('./ledger/ledger-screen.tsx'), 'LedgerScreen'),
    }),
  ] as const
}
