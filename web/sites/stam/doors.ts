import { useQuery } from '@tanstack/react-query'
import { communitiesQuery, type CommunityListing } from '#web/data/communities.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import type { Site } from '#web/sites/site.ts'
import type { NavItem } from '#web/ui/app-shell.tsx'

/** A phone's bottom bar holds five doors, home and account among them. */
const ON_PHONE = 3

const COUNTS_EVERY_MS = 30_000

/** A client's communities, with what is unread in each, between home and account. Not waited for: the doors that are always there stand meanwhile. */
export const doors: NonNullable<Site['doors']> = {
  load: (queryClient) => void queryClient.prefetchQuery(communitiesQuery),
  useDoors: (user, own) => {
    const { data } = useQuery({ ...communitiesQuery, enabled: user !== null, refetchInterval: COUNTS_EVERY_MS })
    return user ? withCommunities(own, data?.communities ?? []) : []
  },
}

function withCommunities(own: readonly NavItem[], communities: readonly CommunityListing[]): NavItem[] {
  const [home, ...others] = own
  const between = communities.map(communityDoor)
  // In one community only, home is that community.
  return home && between.length !== 1 ? [home, ...between, ...others] : [...between, ...others]
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
