import type { ChannelEvent } from '#domain/community/chat-frames.ts'
import { EVENTS_PAGE } from '#domain/community/chat.ts'
import type { Ctx } from '#api/context.ts'
import { listMessages } from './list-messages.ts'
import { messageEvent } from './view.ts'

export interface EventPage {
  events: ChannelEvent[]
  lastSeq: number
  /** False when there is more: ask again after the last one. */
  isComplete: boolean
}

/** What a reader missed, in order, from the first `seq` they do not have. */
export async function listEvents(ctx: Ctx, input: { channelId: string; after: number }): Promise<EventPage> {
  const page = await listMessages(ctx, { ...input, limit: EVENTS_PAGE })
  return { events: page.messages.map(messageEvent), lastSeq: page.lastSeq, isComplete: !page.hasMoreAfter }
}
