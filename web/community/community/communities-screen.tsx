import { useSuspenseQuery } from '@tanstack/react-query'
import { Link, Navigate } from '@tanstack/react-router'
import { ButtonLink } from '#web/shell/links.tsx'
import * as m from '#web/i18n/paraglide/messages.js'
import { Avatar } from '#web/ui/avatar.tsx'
import { PageHeader } from '#web/ui/page-header.tsx'
import { EmptyState } from '#web/ui/states.tsx'
import { COUNTS_EVERY_MS, UnreadCount } from './channel-rooms.tsx'
import { communitiesQuery } from '#web/data/communities.ts'
import '#web/community/channel/chat.css'
import '#web/community/message/message.css'

/** The communities one is in; whoever is in one only goes straight in. */
export function CommunitiesScreen() {
  const { communities } = useSuspenseQuery({ ...communitiesQuery, refetchInterval: COUNTS_EVERY_MS }).data
  const [only] = communities
  if (only && communities.length === 1) return <Navigate to="/communities/$slug" params={{ slug: only.slug }} replace />
  return (
    <>
      <PageHeader title={m.community_chat_communities()} />
      {communities.length === 0 ? (
        <EmptyState
          icon="users"
          title={m.community_chat_communities_empty()}
          action={<ButtonLink to="/guilds">{m.community_see_guilds()}</ButtonLink>}
        >
          {m.community_chat_communities_empty_text()}
        </EmptyState>
      ) : (
        <ul className="chat-spaces">
          {communities.map(({ id, slug, name, unread }) => (
            <li key={id}>
              <Link to="/communities/$slug" params={{ slug }} className="chat-spaces__link">
                <Avatar name={name} />
                <span>{name}</span>
                <UnreadCount count={unread} />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
