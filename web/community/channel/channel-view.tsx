import { useCallback, useRef, useState, type ReactNode } from 'react'
import type { MessageView } from '#domain/community/chat-frames.ts'
import type { ChannelListing, CommunityView } from '#api/community/community/show-community.ts'
import { ApiError, messageOf } from '#web/data/api-error.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Button } from '#web/ui/button.tsx'
import { formatDateTime } from '#web/ui/format.ts'
import { formatNumber } from '#web/ui/number-format.ts'
import { Icon } from '#web/ui/icon.tsx'
import { Loading, Skeleton } from '#web/ui/skeleton.tsx'
import { ErrorState, Notice } from '#web/ui/states.tsx'
import { Announcer } from './announcer.tsx'
import type { ChannelState } from './channel-state.ts'
import { Composer } from '#web/community/message/composer.tsx'
import { MessageList } from '#web/community/message/message-list.tsx'
import { nameOf } from '#web/community/message/message-rows.ts'
import { useChannel } from './use-channel.ts'
import './chat.css'
import '#web/community/message/message.css'

type ChannelViewProps = {
  channel: ChannelListing
  me: CommunityView['me']
  /** The way back to the list of channels, on a phone. */
  back?: ReactNode
}

/** One channel: what was said, who is here, and where one writes. Give it the channel's id as `key`. */
export function ChannelView({ channel, me, back }: ChannelViewProps) {
  const { store, state } = useChannel(channel, me?.memberId ?? null)
  const [replyTo, setReplyTo] = useState<MessageView | null>(null)
  const input = useRef<HTMLTextAreaElement>(null)
  const reply = useCallback((message: MessageView) => {
    setReplyTo(message)
    input.current?.focus()
  }, [])
  const canWrite = me !== null && channel.postRefusal === null && state.phase !== 'closed'
  return (
    <section className="chat" aria-label={channel.name}>
      <ChannelHead channel={channel} online={state.online} back={back} />
      {state.phase === 'loading' && <ChannelSkeleton />}
      {state.phase === 'failed' && (
        <ErrorState
          title={m.community_chat_load_failed()}
          onRetry={() => void store.retry()}
          requestId={state.error instanceof ApiError ? state.error.requestId : undefined}
        >
          {messageOf(state.error)}
        </ErrorState>
      )}
      {(state.phase === 'ready' || state.phase === 'closed') && (
        <>
          <MessageList store={store} state={state} channelName={channel.name} me={me} onReply={canWrite ? reply : undefined} />
          <LineStatus state={state} />
          {canWrite ? (
            <Composer
              ref={input}
              channelName={channel.name}
              slowModeSeconds={me.role === 'MEMBER' ? channel.slowModeSeconds : 0}
              replyTo={replyTo}
              onCancelReply={() => setReplyTo(null)}
              onTyping={() => store.typing()}
              onSend={(text) => {
                store.send(text, replyTo?.id ?? null)
                setReplyTo(null)
              }}
            />
          ) : (
            <WhyNot state={state} channel={channel} me={me} />
          )}
          <Announcer state={state} />
        </>
      )}
    </section>
  )
}

function ChannelHead({ channel, online, back }: { channel: ChannelListing; online: number | null; back: ReactNode }) {
  return (
    <header className="chat-head">
      {back}
      <div className="chat-head__names">
        <h1 className="chat-head__title">
          <Icon name={channel.isPrivate ? 'lock' : 'hash'} />
          {channel.name}
          {channel.isPrivate && <span className="ui-hidden"> ({m.community_chat_private()})</span>}
        </h1>
        {channel.description && <p className="chat-head__about">{channel.description}</p>}
      </div>
      {online !== null && online > 0 && (
        <p className="chat-head__online">
          <span className="chat-head__dot" aria-hidden="true" />
          {m.community_chat_online({ count: formatNumber(online) })}
        </p>
      )}
    </header>
  )
}

/** One line that is always there, so that nothing moves when somebody types or the connection drops. */
function LineStatus({ state }: { state: ChannelState }) {
  const isDown = state.line === 'offline' && state.phase !== 'closed'
  return (
    <p className="chat-status">
      <output>{isDown && m.community_chat_offline()}</output>
      {!isDown && <span aria-hidden="true">{typingText(state.typists)}</span>}
    </p>
  )
}

function typingText(typists: ChannelState['typists']): string {
  const [first, second, third] = typists
  if (!first) return ''
  if (!second) return m.community_chat_typing_one({ name: nameOf(first) })
  return third ? m.community_chat_typing_many() : m.community_chat_typing_two({ first: nameOf(first), second: nameOf(second) })
}

/** Why there is nothing to write in, in the place where one would write. */
function WhyNot({ state, channel, me }: { state: ChannelState; channel: ChannelListing; me: CommunityView['me'] }) {
  if (state.phase === 'closed') {
    return (
      <div className="chat-why">
        <Notice tone="warning" title={m.community_chat_access_lost()}>
          <p>{m.community_chat_access_lost_text()}</p>
          <Button size="small" icon="refresh" onClick={() => location.reload()}>
            {m.base_retry()}
          </Button>
        </Notice>
      </div>
    )
  }
  return (
    <div className="chat-why">
      <Notice>{whyNotText(channel, me)}</Notice>
    </div>
  )
}

function whyNotText(channel: ChannelListing, me: CommunityView['me']): string {
  if (!me) return m.community_chat_staff_looks_on()
  if (channel.postRefusal !== 'muted') return m.community_chat_read_only()
  return me.mutedUntil ? m.community_chat_muted_until({ at: formatDateTime(me.mutedUntil) }) : m.community_chat_muted()
}

function ChannelSkeleton() {
  return (
    <div className="chat-list">
      <div className="chat-list__box">
        <Loading>
          {[68, 44, 82, 30, 57].map((width) => (
            <div key={width} className="chat-row chat-row--head">
              <Skeleton width="2.25rem" height="2.25rem" />
              <div className="ui-stack">
                <Skeleton width="8rem" height="0.9rem" />
                <Skeleton width={`${width}%`} height="1rem" />
              </div>
            </div>
          ))}
        </Loading>
      </div>
    </div>
  )
}
