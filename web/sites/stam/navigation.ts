import { useQuery } from '@tanstack/react-query'
import { communitiesQuery, type CommunityListing } from '#web/data/communities.ts'
import type { Me } from '#web/data/me.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import type { NavItem } from '#web/ui/app-shell.tsx'

/** A phone's bottom bar holds five doors, home and account among them. */
const ON_PHONE = 3

const COUNTS_EVERY_MS = 30_000

/** Not waited for: the doors that are always there stand while the communities are counted. */
export function useNavigation(user: Me['user']): NavItem[] {
  const { data } = useQuery({ ...communitiesQuery, enabled: user !== null, refetchInterval: COUNTS_EVERY_MS })
  return navigationFor(user, data?.communities ?? [])
}

/** A client's few doors, with what is unread behind each; a visitor has no navigation, only the page. */
function navigationFor(user: Me['user'], communities: readonly CommunityListing[]): NavItem[] {
  if (!user) return []
  const account: NavItem = { key: 'account', label: m.sites_nav_account(), icon: 'user', href: '/account' }
  const doors = communities.map(communityDoor)
  // In one community only, home is that community.
  return doors.length === 1
    ? [...doors, account]
    : [{ key: 'home', label: m.sites_nav_home_ui(), icon: 'home', href: '/' }, ...doors, account]
}

function communityDoor({ id, slug, name, unread }: CommunityListing, index: number): NavItem {
  return {
    key: id,
    label: name,
    icon: 'chat',
    href: `/c/${slug}`,
    count: unread,
    countLabel: m.sites_unread(),
    deskOnly: index >= ON_PHONE,
  }
}
