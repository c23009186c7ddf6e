import { useSuspenseQuery } from '@tanstack/react-query'
import { Outlet } from '@tanstack/react-router'
import { meQuery } from '#web/data/me.ts'
import { SiteFrame } from '#web/shell/site-frame.tsx'
import { Mark } from './mark.tsx'
import { navigationFor } from './shell-navigation.ts'

/** The frame of every page of this site that knows who is here. */
export function Shell() {
  const { data } = useSuspenseQuery(meQuery)
  return (
    <SiteFrame mark={<Mark />} name="WEOKTO" user={data.user} nav={navigationFor(data.user)}>
      <Outlet />
    </SiteFrame>
  )
}
