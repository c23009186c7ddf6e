import type { Permission } from '#domain/access.ts'
import * as m from '#web/i18n/paraglide/messages.js'

type Page = { path: string; needs: Permission; label: () => string }

/** The pages of the back office in the order of its menu, each with the permission that opens it. */
export const backOffice: readonly Page[] = [
  { path: '/admin', needs: 'selling.revenue', label: m.base_nav_overview },
  { path: '/admin/sales', needs: 'selling.amounts', label: m.base_nav_sales },
  { path: '/admin/commissions', needs: 'affiliation.commissions', label: m.base_nav_commissions },
  { path: '/admin/people', needs: 'identity.people', label: m.base_nav_people },
  { path: '/admin/products', needs: 'catalogue.products', label: m.base_nav_products },
]
