import { useCallback, useEffect, useMemo, useState } from 'react'
import type { MessageView } from '#domain/community/chat-frames.ts'
import type { ChannelState } from '#web/community/channel/channel-state.ts'
import type { ChannelStore } from '#web/community/channel/channel-store.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Button } from '#web/ui/button.tsx'
import { formatDay } from '#web/ui/format.ts'
import { EmptyState } from '#web/ui/states.tsx'
import { MessageRow, PendingRow } from './message-row.tsx'
import { dayOf, messageRows } from './message-rows.ts'
import { useScroll } from './use-scroll.ts'

type MessageListProps = {
  store: ChannelStore
  state: ChannelState
  channelName: string
  me: { memberId: string; displayName: string | null; avatarUrl: string | null } | null
  onReply?: ((message: MessageView) => void) | undefined
}

export function MessageList({ store, state, channelName, me, onReply }: MessageListProps) {
  const { messages, pending, lastSeq, hasMoreBefore } = state.timeline
  const rows = useMemo(() => messageRows(messages, state.dividerAfter), [messages, state.dividerAfter])
  const loadOlder = useCallback(() => void store.loadOlder(), [store])
  const endKey = `${lastSeq}/${pending.length}/${pending.at(-1)?.clientId ?? ''}`
  const { box, isAtEnd, onScroll, toEnd } = useScroll({ firstSeq: messages[0]?.seq ?? 0, endKey, onNearTop: loadOlder })
  const unseen = useUnseen(store, state, isAtEnd)

  // What one writes oneself is always shown, wherever one was reading.
  const mine = pending.at(-1)?.clientId
  useEffect(() => {
    if (mine) toEnd()
  }, [mine, toEnd])

  const show = useCallback((seq: number) => {
    const row = document.getElementById(`message-${seq}`)
    row?.scrollIntoView({ block: 'center' })
    row?.focus({ preventScroll: true })
  }, [])

  return (
    <div className="chat-list">
      <ol className="chat-list__box" ref={box} onScroll={onScroll} aria-label={m.community_chat_messages_of({ channel: channelName })}>
        {hasMoreBefore && (
          <li className="chat-list__older">
            {state.olderFailed && <span className="ui-muted ui-small">{m.community_chat_older_failed()}</span>}
            <Button size="small" look="quiet" busy={state.isLoadingBefore} onClick={loadOlder}>
              {m.community_chat_load_older()}
            </Button>
          </li>
        )}
        {messages.length + pending.length === 0 && (
          <li className="chat-list__empty">
            <EmptyState icon="chat" title={m.community_chat_empty()}>
              {onReply ? m.community_chat_empty_text() : null}
            </EmptyState>
          </li>
        )}
        {rows.map((row) => {
          if (row.kind === 'day') return <DayLine key={row.key} at={row.at} />
          if (row.kind === 'unread') return <UnreadLine key={row.key} />
          return <MessageRow key={row.key} message={row.message} isHead={row.isHead} onReply={onReply} onShow={show} />
        })}
        {me &&
          pending.map((message) => (
            <PendingRow
              key={message.clientId}
              message={message}
              me={me}
              onResend={(id) => store.resend(id)}
              onDiscard={(id) => store.discard(id)}
            />
          ))}
      </ol>
      {!isAtEnd && (
        <div className="chat-list__pill">
          <Button look={unseen > 0 ? 'primary' : 'secondary'} size="small" icon="chevronDown" onClick={toEnd}>
            {unseen > 0 ? m.community_chat_new({ count: unseen }) : m.community_chat_to_bottom()}
          </Button>
        </div>
      )}
    </div>
  )
}

/** Marks as read what is in sight, and counts what arrived below it. */
function useUnseen(store: ChannelStore, state: ChannelState, isAtEnd: boolean): number {
  const { messages, lastSeq, me } = state.timeline
  const [seenSeq, setSeenSeq] = useState(lastSeq)
  useEffect(() => {
    if (!isAtEnd) return undefined
    const look = () => {
      if (document.visibilityState === 'hidden') return
      setSeenSeq(lastSeq)
      store.read()
    }
    look()
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [store, lastSeq, isAtEnd])
  return isAtEnd ? 0 : messages.filter((message) => message.seq > seenSeq && message.author.memberId !== me).length
}

const DAY_MS = 86_400_000

function DayLine({ at }: { at: string }) {
  const day = dayOf(at)
  const [now] = useState(() => Date.now())
  const words = day === dayOf(now) ? m.community_chat_today() : day === dayOf(now - DAY_MS) ? m.community_chat_yesterday() : formatDay(at)
  return (
    <li className="chat-line">
      <span>{words}</span>
    </li>
  )
}

function UnreadLine() {
  return (
    <li className="chat-line chat-line--unread">
      <span>{m.community_chat_new_messages()}</span>
    </li>
  )
}
