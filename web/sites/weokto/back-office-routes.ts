import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { can } from '#domain/access.ts'
import { overviewQuery } from '#web/data/overview.ts'
import { noteQuery, profileQuery } from '#web/data/profiles.ts'
import { backOffice } from '#web/shell/back-office/pages.ts'
import { mayDo, staffOnly } from '#web/shell/guard.ts'
import { anySearch } from '#web/shell/search.ts'
import type { Frame } from '#web/shell/site-tree.tsx'

/** The back office: each page asks for its own permission, and its front door leads to the first page one may open. */
export function adminRoutes(shell: Frame) {
  return [
    createRoute({
      getParentRoute: () => shell,
      path: 'admin',
      beforeLoad: async (visit) => {
        const { user } = await staffOnly(visit)
        const first = backOffice.find((page) => can(user.role, page.needs))
        if (first && first.path !== '/admin') throw redirect({ to: first.path, replace: true })
        return { user }
      },
      loader: ({ context }) => context.queryClient.ensureQueryData(overviewQuery),
      component: lazyRouteComponent(() => import('#web/overview/business/overview-screen.tsx'), 'OverviewScreen'),
    }),
    createRoute({
      getParentRoute: () => shell,
      path: 'admin/sales',
      validateSearch: anySearch,
      beforeLoad: mayDo('selling.amounts'),
      component: lazyRouteComponent(() => import('#web/selling/invoice/all-invoices-screen.tsx'), 'AllInvoicesScreen'),
    }),
    createRoute({
      getParentRoute: () => shell,
      path: 'admin/commissions',
      validateSearch: anySearch,
      beforeLoad: mayDo('affiliation.commissions'),
      component: lazyRouteComponent(() => import('#web/affiliation/commission/all-commissions-screen.tsx'), 'AllCommissionsScreen'),
    }),
    createRoute({
      getParentRoute: () => shell,
      path: 'admin/people',
      validateSearch: anySearch,
      beforeLoad: mayDo('identity.people'),
      component: lazyRouteComponent(() => import('#web/identity/person/people-screen.tsx'), 'PeopleScreen'),
    }),
    createRoute({
      getParentRoute: () => shell,
      path: 'admin/affiliates/$id',
      beforeLoad: mayDo('affiliation.affiliates'),
      loader: ({ context: { queryClient }, params: { id } }) =>
        Promise.all([queryClient.ensureQueryData(profileQuery(id)), queryClient.ensureQueryData(noteQuery(id))]),
      component: lazyRouteComponent(() => import('#web/affiliation/profile/profile-screen.tsx'), 'ProfileScreen'),
    }),
    createRoute({
      getParentRoute: () => shell,
      path: 'admin/products',
      validateSearch: anySearch,
      beforeLoad: mayDo('catalogue.products'),
      component: lazyRouteComponent(() => import('#web/catalogue/product/products-screen.tsx'), 'ProductsScreen'),
    }),
  ] as const
}
