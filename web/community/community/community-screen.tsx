import './community.css'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Navigate, useParams, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { ChannelView } from '#web/community/channel/channel-view.tsx'
import { channelsOf, rememberChannel } from '#web/community/channel/last-channel.ts'
import { ApiError } from '#web/data/api-error.ts'
import { communityQuery, type Channel, type Community } from '#web/data/communities.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { ButtonLink } from '#web/shell/links.tsx'
import { IconButton } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { usePageTitle } from '#web/ui/page-header.tsx'
import { EmptyState } from '#web/ui/states.tsx'
import { ChannelRooms, COUNTS_EVERY_MS } from './channel-rooms.tsx'
import { Welcome } from './welcome.tsx'

/** Where both panes stand side by side, as in `message.css`. */
const WIDE = '(min-width: 62rem)'

interface Asked {
  slug?: string
  channelId?: string
  channelSlug?: string
}

/** What differs between the two sites: how a channel stands in the address, and what a phone shows beside the channel that is open. */
interface Place {
  pathOf: (community: Community) => (channel: Channel) => string
  isAsked: (channel: Channel, asked: Asked) => boolean
  /** On a phone the channels are a page before the channel, or lie behind a button of it. */
  onPhone: 'page' | 'drawer'
}

/** A guild of weokto.com, whose channels are named by their number. */
const GUILD: Place = {
  pathOf: (community) => (channel) => `/communities/${community.slug}/${channel.id}`,
  isAsked: (channel, { channelId }) => channel.id === channelId,
  onPhone: 'page',
}

/** A community of be-stam.com, whose channels are named by their words. */
const COMMUNITY: Place = {
  pathOf: (community) => (channel) => `/c/${community.slug}/${channel.slug}`,
  isAsked: (channel, { channelSlug }) => channel.slug === channelSlug,
  onPhone: 'drawer',
}

export const GuildScreen = () => <Screen place={GUILD} />
export const CommunityScreen = () => <Screen place={COMMUNITY} />

/** A community: its channels by category, and the one that the address names. */
function Screen({ place }: { place: Place }) {
  const asked: Asked = useParams({ strict: false })
  const { data: community } = useSuspenseQuery({ ...communityQuery(asked.slug ?? ''), refetchInterval: COUNTS_EVERY_MS })
  const isNew = 'welcome' in useSearch({ strict: false }) && place.onPhone === 'drawer'
  const [first] = channelsOf(community)
  const channel = channelsOf(community).find((listed) => place.isAsked(listed, asked))
  const pathOf = place.pathOf(community)
  usePageTitle(channel ? `${channel.name} · ${community.name}` : community.name)
  useEffect(() => {
    if (channel && place.onPhone === 'drawer') rememberChannel(community.slug, channel.slug)
  }, [community.slug, channel, place])
  const isList = place.onPhone === 'page' && asked.channelId === undefined
  if (isList && first && window.matchMedia(WIDE).matches) return <Navigate to={pathOf(first)} replace />
  if (place.onPhone === 'page' && !isList && !channel) throw new ApiError('not_found', 404, m.base_not_found_text(), {})
  return (
    <div
      className={`chat-screen chat-screen--${place.onPhone}`}
      data-pane={place.onPhone === 'page' ? (isList ? 'list' : 'channel') : undefined}
    >
      <ChannelRooms community={community} openId={channel?.id ?? null} pathOf={pathOf} page={isList} />
      <div className="community-channel">
        {isNew && <Welcome communityName={community.name} slug={community.slug} />}
        {channel ? (
          <ChannelView
            key={channel.id}
            channel={channel}
            me={community.me}
            back={<ToChannels place={place} community={community} channel={channel} />}
          />
        ) : (
          <NoChannel place={place} community={community} isAsked={asked.channelSlug !== undefined} />
        )}
      </div>
    </div>
  )
}

type ToChannelsProps = { place: Place; community: Community; channel: Channel }

/** The way from a channel to the others, on a phone. Another channel draws the page anew, and an open list is closed with it. */
function ToChannels({ place, community, channel }: ToChannelsProps) {
  const [open, setOpen] = useState(false)
  if (place.onPhone === 'page') {
    return (
      <span className="chat-head__back">
        <ButtonLink
          to="/communities/$slug"
          params={{ slug: community.slug }}
          look="quiet"
          icon="arrowLeft"
          className="ui-button--icon"
          aria-label={m.community_chat_back()}
        />
      </span>
    )
  }
  return (
    <span className="chat-head__back">
      <IconButton icon="menu" label={m.community_channels_open()} onClick={() => setOpen(true)} />
      <Dialog open={open} onClose={() => setOpen(false)} title={m.community_channels()}>
        <div className="community-drawer">
          <ChannelRooms community={community} openId={channel.id} pathOf={place.pathOf(community)} />
        </div>
      </Dialog>
    </span>
  )
}

function NoChannel({ place, community, isAsked }: { place: Place; community: Community; isAsked: boolean }) {
  const [first] = channelsOf(community)
  if (!first) {
    return (
      <EmptyState page={place.onPhone === 'drawer'} icon="chat" title={m.community_channels_none()}>
        {m.community_channels_none_text()}
      </EmptyState>
    )
  }
  if (!isAsked) return null
  return (
    <EmptyState
      page
      icon="search"
      title={m.community_channel_missing()}
      action={
        <ButtonLink to={place.pathOf(community)(first)} icon="hash">
          {first.name}
        </ButtonLink>
      }
    />
  )
}
