import { can, isStaff, type Permission } from '#domain/access.ts'
import type { UserType } from '#domain/identity/enums.ts'
import type { Me } from '#web/data/me.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import type { NavItem } from '#web/ui/app-shell.tsx'

type Entry = NavItem & { needs: Permission }

/** In the order of use: the first five are the phone's bottom bar. */
function entries(): Entry[] {
  return [
    { key: 'home', label: m.sites_nav_home_ui(), icon: 'home', href: '/home', needs: 'affiliation.own_balances' },
    { key: 'marketplace', label: m.sites_nav_marketplace(), icon: 'shop', href: '/marketplace', needs: 'affiliation.links' },
    { key: 'links', label: m.sites_nav_links(), icon: 'link', href: '/links', needs: 'affiliation.links' },
    { key: 'commissions', label: m.sites_nav_commissions(), icon: 'money', href: '/commissions', needs: 'affiliation.own_commissions' },
    { key: 'guild', label: m.sites_nav_guild(), icon: 'chat', href: '/communities', needs: 'community.chat' },
    { key: 'ledger', label: m.base_nav_ledger(), icon: 'wallet', href: '/ledger', needs: 'affiliation.own_ledger', deskOnly: true },
  ]
}

/** What this person may open; a visitor has no navigation, only the page. */
export function useNavigation(user: Me['user']): NavItem[] {
  return user ? doorsOf(user.role) : []
}

/** What somebody of this role may open. */
export function doorsOf(role: UserType): NavItem[] {
  const nav: NavItem[] = entries().filter((entry) => can(role, entry.needs))
  if (isStaff(role)) {
    nav.push({
      key: 'admin',
      label: m.base_nav_admin(),
      icon: 'shield',
      href: '/admin',
      group: m.sites_nav_staff(),
      deskOnly: nav.length >= 5,
    })
  }
  return nav
}
