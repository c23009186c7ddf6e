import './community.css'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { COUNTS_EVERY_MS, ChannelRooms } from '#web/community/community/channel-rooms.tsx'
import { ChannelView } from '#web/community/channel/channel-view.tsx'
import '#web/community/message/message.css'
import { communityQuery, type Channel, type Community } from '#web/data/communities.ts'
import { ButtonLink } from '#web/shell/links.tsx'
import * as m from '#web/i18n/paraglide/messages.js'
import { IconButton } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { usePageTitle } from '#web/ui/page-header.tsx'
import { EmptyState } from '#web/ui/states.tsx'
import { channelsOf, rememberChannel } from '#web/community/channel/last-channel.ts'
import { Welcome } from './welcome.tsx'

const pathIn = (community: Community) => (channel: Channel) => `/c/${community.slug}/${channel.slug}`

/** A community: its channels by category, and the one that the address names. On a phone the channels lie behind a button. */
export function CommunityScreen() {
  const params = useParams({ strict: false })
  const { data: community } = useSuspenseQuery({ ...communityQuery(params.slug ?? ''), refetchInterval: COUNTS_EVERY_MS })
  const isNew = 'welcome' in useSearch({ strict: false })
  const channel = channelsOf(community).find(({ slug }) => slug === params.channelSlug)
  usePageTitle(channel ? `${channel.name} · ${community.name}` : community.name)
  useEffect(() => {
    if (channel) rememberChannel(community.slug, channel.slug)
  }, [community.slug, channel])
  return (
    <div className="chat-screen stam-community">
      <ChannelRooms community={community} openId={channel?.id ?? null} pathOf={pathIn(community)} />
      <div className="stam-community__channel">
        {isNew && <Welcome communityName={community.name} slug={community.slug} />}
        {channel ? (
          <ChannelView
            key={channel.id}
            channel={channel}
            me={community.me}
            back={<ChannelDrawer community={community} channel={channel} />}
          />
        ) : (
          <NoChannel community={community} asked={params.channelSlug} />
        )}
      </div>
    </div>
  )
}

/** The list of channels over the one that is open, for a phone. Another channel draws the page anew, and the list is closed with it. */
function ChannelDrawer({ community, channel }: { community: Community; channel: Channel }) {
  const [open, setOpen] = useState(false)
  return (
    <span className="chat-head__back">
      <IconButton icon="menu" label={m.stam_channels_open()} onClick={() => setOpen(true)} />
      <Dialog open={open} onClose={() => setOpen(false)} title={m.stam_channels()}>
        <div className="stam-drawer">
          <ChannelRooms community={community} openId={channel.id} pathOf={pathIn(community)} />
        </div>
      </Dialog>
    </span>
  )
}

function NoChannel({ community, asked }: { community: Community; asked: string | undefined }) {
  const [first] = channelsOf(community)
  if (!first) {
    return (
      <EmptyState page icon="chat" title={m.stam_channels_none()}>
        {m.stam_channels_none_text()}
      </EmptyState>
    )
  }
  return asked === undefined ? null : (
    <EmptyState
      page
      icon="search"
      title={m.stam_channel_missing()}
      action={
        <ButtonLink to={pathIn(community)(first)} icon="hash">
          {first.name}
        </ButtonLink>
      }
    />
  )
}
