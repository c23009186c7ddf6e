import { useId, useState, type FormEvent, type KeyboardEvent, type Ref } from 'react'
import type { MessageView } from '#domain/community/chat-frames.ts'
import { MESSAGE_MAX_LENGTH } from '#domain/community/chat.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { IconButton } from '#web/ui/button.tsx'
import { formatNumber } from '#web/ui/number-format.ts'
import { Icon } from '#web/ui/icon.tsx'
import { nameOf } from './message-rows.ts'

type ComposerProps = {
  channelName: string
  slowModeSeconds: number
  replyTo: MessageView | null
  onCancelReply: () => void
  onTyping: () => void
  onSend: (text: string) => void
  ref: Ref<HTMLTextAreaElement>
}

/** On a screen keyboard Enter makes a line, as people expect there; the button sends. */
const hasFinePointer = (): boolean => window.matchMedia('(pointer: fine)').matches

export function Composer({ channelName, slowModeSeconds, replyTo, onCancelReply, onTyping, onSend, ref }: ComposerProps) {
  const [text, setText] = useState('')
  const hint = useId()
  const excess = text.trim().length - MESSAGE_MAX_LENGTH
  const canSend = text.trim() !== '' && excess <= 0

  function send(event?: FormEvent): void {
    event?.preventDefault()
    if (!canSend) return
    onSend(text)
    setText('')
  }
  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>): void {
    if (event.key === 'Escape' && replyTo) onCancelReply()
    // While an input method composes a word, Enter chooses it.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing || !hasFinePointer()) return
    event.preventDefault()
    send()
  }
  return (
    <form className="chat-composer" onSubmit={send}>
      {replyTo && (
        <div className="chat-composer__reply">
          <Icon name="reply" />
          <span>
            <strong>{m.community_chat_answering({ name: nameOf(replyTo.author) })}</strong> {replyTo.content}
          </span>
          <IconButton icon="close" size="small" label={m.community_chat_cancel_answer()} onClick={onCancelReply} />
        </div>
      )}
      <div className="chat-composer__line">
        <textarea
          ref={ref}
          className="ui-input chat-composer__input"
          rows={1}
          value={text}
          aria-label={m.community_chat_compose_in({ channel: channelName })}
          aria-describedby={hint}
          aria-invalid={excess > 0 || undefined}
          placeholder={m.community_chat_compose_in({ channel: channelName })}
          onChange={(event) => {
            setText(event.target.value)
            onTyping()
          }}
          onKeyDown={onKeyDown}
        />
        <IconButton icon="send" type="submit" look="primary" label={m.community_chat_send()} disabled={!canSend} />
      </div>
      <p className="chat-composer__hint" id={hint}>
        {excess > 0 && <output className="chat-composer__excess">{m.community_chat_too_long({ count: formatNumber(excess) })}</output>}
        {excess <= 0 && slowModeSeconds > 0 && m.community_chat_slow_mode({ seconds: formatNumber(slowModeSeconds) })}
        {excess <= 0 && slowModeSeconds === 0 && <span className="chat-composer__keys">{m.community_chat_keys()}</span>}
      </p>
    </form>
  )
}
