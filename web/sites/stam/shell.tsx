import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Outlet } from '@tanstack/react-router'
import { communitiesQuery } from '#web/data/communities.ts'
import { meQuery } from '#web/data/me.ts'
import { SiteFrame } from '#web/shell/site-frame.tsx'
import { Mark } from './mark.tsx'
import { navigationFor } from './shell-navigation.ts'

const COUNTS_EVERY_MS = 30_000

/** The frame of every page of this site that knows who is here. */
export function Shell() {
  const { user } = useSuspenseQuery(meQuery).data
  // Not waited for: the doors that are always there stand while the communities are counted.
  const { data } = useQuery({ ...communitiesQuery, enabled: user !== null, refetchInterval: COUNTS_EVERY_MS })
  return (
    <SiteFrame mark={<Mark />} name="STAM" user={user} nav={navigationFor(user, data?.communities ?? [])}>
      <Outlet />
    </SiteFrame>
  )
}
