import { Link } from '@tanstack/react-router'
import { UNREAD_CAP } from '#domain/community/chat.ts'
import type { ChannelListing, CommunityView } from '#api/community/community/show-community.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { formatNumber } from '#web/ui/number-format.ts'
import { Icon } from '#web/ui/icon.tsx'

/** Counts of other channels are kept true by asking: a socket stands only to the channel that is open. */
export const COUNTS_EVERY_MS = 30_000

type ChannelRoomsProps = {
  community: CommunityView
  openId: string | null
  pathOf: (channel: ChannelListing) => string
  /** The list is the whole page, so its title is the page's heading. */
  page?: boolean
}

/** The channels of a community by category, with what is unread in each. */
export function ChannelRooms({ community, openId, pathOf, page = false }: ChannelRoomsProps) {
  const Title = page ? 'h1' : 'h2'
  const Category = page ? 'h2' : 'h3'
  return (
    <nav className="chat-rooms" aria-label={m.community_channels()}>
      <Title className="chat-rooms__title">{community.name}</Title>
      {community.categories.map(({ id, name, channels }) => (
        <section key={id ?? 'none'} aria-label={name ?? m.community_channels()}>
          {name && <Category className="chat-rooms__category">{name}</Category>}
          <ul>
            {channels.map((channel) => (
              <li key={channel.id}>
                <ChannelLink path={pathOf(channel)} channel={channel} isOpen={channel.id === openId} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  )
}

function ChannelLink({ path, channel, isOpen }: { path: string; channel: ChannelListing; isOpen: boolean }) {
  // The open channel is being read: its count is what the server heard last, not what the reader sees.
  const unread = isOpen ? 0 : channel.unread
  return (
    <Link to={path} className="chat-rooms__link" data-unread={unread > 0}>
      <Icon name={channel.isPrivate ? 'lock' : 'hash'} />
      <span>{channel.name}</span>
      <UnreadCount count={unread} />
    </Link>
  )
}

export function UnreadCount({ count }: { count: number }) {
  if (count === 0) return null
  const shown = count >= UNREAD_CAP ? `${formatNumber(UNREAD_CAP - 1)}+` : formatNumber(count)
  return (
    <span className="chat-rooms__count">
      <span aria-hidden="true">{shown}</span>
      <span className="ui-hidden">{m.community_chat_unread({ count })}</span>
    </span>
  )
}
