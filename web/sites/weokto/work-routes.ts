import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { commissionQuery, commissionsQuery } from '#web/data/commissions.ts'
import { ledgerQuery } from '#web/data/ledger.ts'
import { linksQuery } from '#web/data/links.ts'
import { homeQuery } from '#web/data/overview.ts'
import { marketplaceQuery } from '#web/data/products.ts'
import { mayDo } from '#web/shell/guard.ts'
import { anySearch } from '#web/shell/search.ts'
import type { Frame } from '#web/shell/site-tree.tsx'

/** What an affiliate works with. */
export function affiliateRoutes(shell: Frame) {
  return [
    createRoute({
      getParentRoute: () => shell,
      path: 'home',
      beforeLoad: mayDo('affiliation.own_balances'),
      loader: ({ context }) => context.queryClient.ensureQueryData(homeQuery),
      component: lazyRouteComponent(() => import('#web/overview/affiliate/home-screen.tsx'), 'HomeScreen'),
    }),
    createRoute({
      getParentRoute: () => shell,
      path: 'marketplace',
      validateSearch: anySearch,
      beforeLoad: mayDo('affiliation.links'),
      loader: ({ context }) => context.queryClient.ensureQueryData(marketplaceQuery),
      component: lazyRouteComponent(() => import('#web/affiliation/marketplace/marketplace-screen.tsx'), 'MarketplaceScreen'),
    }),
    createRoute({
      getParentRoute: () => shell,
      path: 'links',
      validateSearch: anySearch,
      beforeLoad: mayDo('affiliation.links'),
      loader: ({ context }) => void context.queryClient.prefetchQuery(linksQuery({ page: 1 })),
      component: lazyRouteComponent(() => import('#web/affiliation/link/links-screen.tsx'), 'LinksScreen'),
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
      component: lazyRouteComponent(() => import('#web/affiliation/commission/commissions-screen.tsx'), 'CommissionsScreen'),
    }),
    createRoute({
      getParentRoute: () => shell,
      path: 'commissions/$id',
      beforeLoad: mayDo('affiliation.own_commissions'),
      loader: ({ context, params }) => context.queryClient.ensureQueryData(commissionQuery(params.id)),
      component: lazyRouteComponent(() => import('#web/affiliation/commission/commission-screen.tsx'), 'CommissionScreen'),
    }),
    createRoute({
      getParentRoute: () => shell,
      path: 'ledger',
      validateSearch: anySearch,
      beforeLoad: mayDo('affiliation.own_ledger'),
      loader: ({ context }) => void context.queryClient.prefetchInfiniteQuery(ledgerQuery(undefined)),
      component: lazyRouteComponent(() => import('#web/affiliation/ledger/ledger-screen.tsx'), 'LedgerScreen'),
    }),
  ] as const
}
