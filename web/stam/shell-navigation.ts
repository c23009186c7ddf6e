import type { Me } from '#web/data/me.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import type { NavItem } from '#web/ui/app-shell.tsx'

/** A client's few doors; a visitor has no navigation, only the page. */
export function navigationFor(user: Me['user']): NavItem[] {
  if (!user) return []
  return [
    { key: 'home', label: m.ui_nav_home(), icon: 'home', href: '/' },
    { key: 'communities', label: m.ui_nav_communities(), icon: 'chat', href: '/communities' },
    { key: 'account', label: m.ui_nav_account(), icon: 'user', href: '/account' },
  ]
}
