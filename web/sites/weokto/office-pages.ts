import { lazyRouteComponent, redirect } from '@tanstack/react-router'
import { meQuery } from '#web/data/me.ts'
import { overviewQuery } from '#web/data/overview.ts'
import { noteQuery, profileQuery } from '#web/data/profiles.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { menuOf } from '#web/shell/menu.ts'
import { pages, type Visit } from '#web/sites/page.ts'

/** The front door leads to the first page that one may open. */
async function toFirstPage({ context: { queryClient, pages } }: Visit) {
  const { user } = await queryClient.ensureQueryData(meQuery)
  const [first] = menuOf(pages, 'office', user?.role ?? null)
  if (first && first.path !== '/admin') throw redirect({ to: first.path, replace: true })
}

/** The back office, in the order of the row above its pages. */
export const officePages = pages({
  '/admin': {
    access: 'staff',
    title: m.overview_title_overview,
    menus: {
      rail: { label: m.base_back_office, icon: 'shield', group: m.sites_nav_staff },
      office: { needs: 'selling.revenue' },
    },
    outline: { shape: 'figures', lead: m.overview_lead },
    before: toFirstPage,
    load: ({ context }) => context.queryClient.ensureQueryData(overviewQuery),
    screen: lazyRouteComponent(() => import('#web/overview/business/overview-screen.tsx'), 'OverviewScreen'),
  },
  '/admin/sales': {
    access: 'selling.amounts',
    title: m.affiliation_sales,
    menus: { office: {} },
    outline: { shape: 'list', lead: m.selling_sales_lead },
    screen: lazyRouteComponent(() => import('#web/selling/invoice/all-invoices-screen.tsx'), 'AllInvoicesScreen'),
  },
  '/admin/commissions': {
    access: 'affiliation.commissions',
    title: m.affiliation_commissions,
    menus: { office: {} },
    outline: { shape: 'list', lead: m.affiliation_all_com_lead },
    screen: lazyRouteComponent(() => import('#web/affiliation/commission/all-commissions-screen.tsx'), 'AllCommissionsScreen'),
  },
  '/admin/people': {
    access: 'identity.people',
    title: m.identity_people,
    menus: { office: {} },
    outline: { shape: 'list', lead: m.identity_people_lead },
    screen: lazyRouteComponent(() => import('#web/identity/person/people-screen.tsx'), 'PeopleScreen'),
  },
  '/admin/affiliates/$id': {
    access: 'affiliation.affiliates',
    title: m.role_affiliate,
    outline: { shape: 'list', ownHeading: true, inOffice: true },
    load: ({ context: { queryClient }, params: { id } }) =>
      Promise.all([queryClient.ensureQueryData(profileQuery(id)), queryClient.ensureQueryData(noteQuery(id))]),
    screen: lazyRouteComponent(() => import('#web/affiliation/profile/profile-screen.tsx'), 'ProfileScreen'),
  },
  '/admin/products': {
    access: 'catalogue.products',
    title: m.catalogue_products,
    menus: { office: {} },
    outline: { shape: 'list', lead: m.catalogue_products_lead },
    screen: lazyRouteComponent(() => import('#web/catalogue/product/products-screen.tsx'), 'ProductsScreen'),
  },
})
