import { can, isStaff, type Permission, type Role } from '#domain/access.ts'
import type { NavItem } from '#web/ui/app-shell.tsx'
import type { IconName } from '#web/ui/icon.tsx'

/** A text in the reader's language. */
export type Words = () => string

/**
 * Who may open a page. `public`: anybody, and search engines may show it. `open`: anybody who is sent there. `signed-in`: whoever is. `staff`: who has
 * a back office. Else who has this permission, the one that the API asks for.
 */
export type Access = 'public' | 'open' | 'signed-in' | 'staff' | Permission

/** How a page stands in one menu: under its own title, unless a shorter word is given. */
interface Entry {
  label?: Words
  /** A narrower permission than the page's own: the page leads on whoever lacks it. */
  needs?: Permission
}

interface Door extends Entry {
  icon: IconName
  /** Begins a group under this title. */
  group?: Words
}

/** Where a page shows: the rail of a desk with the bottom bar of a phone, the account's menu, the row above the back office, the row of the public pages. */
export interface Menus {
  rail?: Door
  account?: Door
  office?: Entry
  public?: Entry
}

/** What menus know of a page. */
export interface MenuPage {
  path: string
  access: Access
  title: Words
  menus?: Menus
}

/** What a phone's bottom bar holds; a door behind these stands in the account's menu there. */
const BAR_HOLDS = 5

/** Whether the page opens for this role; null for whoever is not signed in. */
export function mayOpen(access: Access, role: Role | null): boolean {
  if (access === 'public' || access === 'open') return true
  if (role === null) return false
  if (access === 'signed-in') return true
  return access === 'staff' ? isStaff(role) : can(role, access)
}

interface Listed<At extends keyof Menus> {
  path: string
  label: string
  entry: NonNullable<Menus[At]>
}

/** One menu as this role sees it, in the order of the site's table. */
export function menuOf<At extends keyof Menus>(pages: readonly MenuPage[], at: At, role: Role | null): Listed<At>[] {
  return pages.flatMap(({ path, access, title, menus }) => {
    const entry = menus?.[at]
    if (!entry || !mayOpen(access, role) || (entry.needs && !mayOpen(entry.needs, role))) return []
    return [{ path, label: (entry.label ?? title)(), entry }]
  })
}

/** The doors of whoever is signed in; a visitor has no navigation, only the page. */
export function railOf(pages: readonly MenuPage[], role: Role | null): NavItem[] {
  if (role === null) return []
  return menuOf(pages, 'rail', role).map(({ path, label, entry: { icon, group } }, index) => ({
    key: path,
    label,
    icon,
    href: path,
    ...(group ? { group: group() } : {}),
    deskOnly: index >= BAR_HOLDS,
  }))
}

/** What the account's menu leads to: its own entries, after the doors that a phone has no room for. */
export function accountMenuOf(pages: readonly MenuPage[], role: Role) {
  const doors = menuOf(pages, 'rail', role).slice(BAR_HOLDS)
  return [...doors, ...menuOf(pages, 'account', role)].map(({ path, label, entry }) => ({ path, label, icon: entry.icon }))
}
