import { useSuspenseQuery } from '@tanstack/react-query'
import { Navigate, useParams } from '@tanstack/react-router'
import { ChannelView } from '#web/community/channel/channel-view.tsx'
import { ApiError } from '#web/data/api-error.ts'
import { communityQuery } from '#web/data/communities.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { ButtonLink } from '#web/shell/links.tsx'
import { usePageTitle } from '#web/ui/page-header.tsx'
import { EmptyState } from '#web/ui/states.tsx'
import { COUNTS_EVERY_MS, ChannelRooms, channelPath } from './channel-rooms.tsx'

/** Where both panes stand side by side, as in `message.css`. */
const WIDE = '(min-width: 62rem)'

/** A community: its channels, and the one that the address names. On a phone one pane at a time. */
export function CommunityScreen() {
  const params: { slug?: string; channelId?: string } = useParams({ strict: false })
  const { slug = '' } = params
  const channelId = params.channelId ?? null
  const { data: community } = useSuspenseQuery({ ...communityQuery(slug), refetchInterval: COUNTS_EVERY_MS })
  const channels = community.categories.flatMap((category) => category.channels)
  const [first] = channels
  const channel = channels.find((listed) => listed.id === channelId)
  usePageTitle(channel ? `${channel.name} · ${community.name}` : community.name)
  if (channelId === null && first && window.matchMedia(WIDE).matches) return <Navigate to={channelPath(slug, first.id)} replace />
  if (channelId !== null && !channel) throw new ApiError('not_found', 404, m.ui_not_found_text(), {})
  const back = (
    <span className="chat-head__back">
      <ButtonLink to={`/communities/${slug}`} look="quiet" icon="arrowLeft" className="ui-button--icon" aria-label={m.chat_back()} />
    </span>
  )
  return (
    <div className="chat-screen" data-pane={channel ? 'channel' : 'list'}>
      <ChannelRooms community={community} openId={channelId} page={!channel} />
      {channel && <ChannelView key={channel.id} channel={channel} me={community.me} back={back} />}
      {!first && (
        <div className="chat-screen__rest">
          <EmptyState icon="chat" title={m.chat_empty()} />
        </div>
      )}
    </div>
  )
}
