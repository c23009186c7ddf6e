import { nameOf } from '#web/community/message/message-rows.ts'
import { plainText } from '#web/community/message/rich-text.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import type { ChannelState } from './channel-state.ts'

/** After a return from elsewhere only the last ones are spoken: the rest is there to be read. */
const SPOKEN_MAX = 3

/**
 * What a screen reader hears: each message that others write while one looks on, once. The list itself is silent, so that history
 * which is loaded on top, drawn anew or edited is never read out.
 */
export function Announcer({ state }: { state: ChannelState }) {
  const { messages, me } = state.timeline
  const fresh = messages.filter((message) => message.seq > state.liveFrom && message.author.memberId !== me && message.content !== null)
  return (
    <div role="log" aria-live="polite" aria-relevant="additions" aria-label={m.community_chat_new_messages()} className="ui-hidden">
      {fresh.slice(-SPOKEN_MAX).map((message) => (
        <p key={message.seq}>{m.community_chat_said({ name: nameOf(message.author), text: plainText(message.content ?? '') })}</p>
      ))}
    </div>
  )
}
