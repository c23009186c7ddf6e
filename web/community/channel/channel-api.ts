import type { MessageView } from '#domain/community/chat-frames.ts'
import type { PostMessage } from '#domain/community/chat.ts'
import type { EventPage } from '#api/community/message/list-events.ts'
import type { MessagePage } from '#api/community/message/list-messages.ts'
import { answer, client } from '#web/data/client.ts'

/** What a channel's screen asks of the API. Every refusal is thrown as an `ApiError`. */
export interface ChannelApi {
  /** The newest page, or the one before a `seq`. */
  page(before?: number): Promise<MessagePage>
  events(after: number): Promise<EventPage>
  post(message: PostMessage): Promise<MessageView>
  /** The address of a socket, with a ticket good for one minute. */
  socketUrl(): Promise<string>
  markRead(seq: number): Promise<unknown>
}

export function channelApi(id: string): ChannelApi {
  const { messages, events, ticket, read } = client.api.channels[':id']
  const param = { id }
  return {
    page: (before) => answer(messages.$get({ param, query: before === undefined ? {} : { before: String(before) } })),
    events: (after) => answer(events.$get({ param, query: { after: String(after) } })),
    post: (message) => answer(messages.$post({ param, json: message })),
    socketUrl: async () => (await answer(ticket.$post({ param }))).url,
    markRead: (seq) => answer(read.$post({ param, json: { seq } })),
  }
}
