import { memo } from 'react'
import type { MessageView } from '#domain/community/chat-frames.ts'
import type { PendingMessage } from '#domain/community/chat-order.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Avatar } from '#web/ui/avatar.tsx'
import { Badge } from '#web/ui/badge.tsx'
import { Button, IconButton } from '#web/ui/button.tsx'
import { classNames } from '#web/ui/class-names.ts'
import { DateTime } from '#web/ui/date-time.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { MessageText } from './message-text.tsx'
import { nameOf } from './message-rows.ts'

type MessageRowProps = {
  message: MessageView
  /** Tells who speaks; the messages that follow stand under the same name. */
  isHead: boolean
  /** Absent where nobody may write. */
  onReply?: ((message: MessageView) => void) | undefined
  onShow: (seq: number) => void
}

export const MessageRow = memo(function MessageRow({ message, isHead, onReply, onShow }: MessageRowProps) {
  const { author, replyTo } = message
  const name = nameOf(author)
  return (
    <li className={classNames('chat-row', isHead && 'chat-row--head')} id={`message-${message.seq}`} tabIndex={-1}>
      {isHead ? <Avatar name={name} src={author.avatarUrl ?? undefined} /> : <span />}
      <article className="chat-row__body" aria-label={name}>
        {isHead && (
          <p className="chat-row__head">
            <span className="chat-row__name">{name}</span>
            {author.role !== 'MEMBER' && <Badge tone="accent">{m.community_chat_moderator()}</Badge>}
            <span className="chat-row__time">
              <DateTime at={message.createdAt} show="time" />
            </span>
          </p>
        )}
        {replyTo && (
          <button type="button" className="chat-quote" onClick={() => onShow(replyTo.seq)}>
            <Icon name="reply" />
            <span className="ui-hidden">{m.community_chat_show_answered()}</span>
            <strong>{nameOf(replyTo)}</strong>
            <span>{replyTo.excerpt ?? m.community_chat_deleted()}</span>
          </button>
        )}
        {message.content === null ? <p className="chat-row__gone">{m.community_chat_deleted()}</p> : <MessageText text={message.content} />}
      </article>
      {onReply && message.content !== null && (
        <span className="chat-row__tools">
          <IconButton icon="reply" size="small" label={m.community_chat_reply_to({ name })} onClick={() => onReply(message)} />
        </span>
      )}
    </li>
  )
})

type PendingRowProps = {
  message: PendingMessage
  me: { displayName: string | null; avatarUrl: string | null }
  onResend: (clientId: string) => void
  onDiscard: (clientId: string) => void
}

/** A message of one's own on its way: at once in its place, then sent, or failed with what can be done about it. */
export function PendingRow({ message, me, onResend, onDiscard }: PendingRowProps) {
  const hasFailed = message.status === 'failed'
  const why = message.errorCode === 'network' ? m.community_chat_failed_network() : (message.errorText ?? m.community_chat_failed())
  return (
    <li className={classNames('chat-row chat-row--head chat-row--mine', hasFailed && 'chat-row--failed')}>
      <Avatar name={nameOf(me)} src={me.avatarUrl ?? undefined} />
      <article className="chat-row__body">
        <p className="chat-row__head">
          <span className="chat-row__name">{nameOf(me)}</span>
          {!hasFailed && <span className="chat-row__time">{message.status === 'sent' ? '' : m.community_chat_pending()}</span>}
        </p>
        <MessageText text={message.content} />
        {hasFailed && (
          <div className="chat-row__failure" role="alert">
            <span>
              <Icon name="alert" /> {why}
            </span>
            <Button size="small" icon="refresh" onClick={() => onResend(message.clientId)}>
              {m.base_retry()}
            </Button>
            <Button size="small" look="quiet" icon="trash" onClick={() => onDiscard(message.clientId)}>
              {m.community_chat_discard()}
            </Button>
          </div>
        )}
      </article>
    </li>
  )
}
