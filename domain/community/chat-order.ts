import type { ChannelEvent, MessageView } from './chat-frames.ts'

/** A message of one's own that the server has not confirmed in its place yet. */
export interface PendingMessage {
  clientId: string
  content: string
  replyToId: string | null
  createdAt: string
  status: 'pending' | 'sent' | 'failed'
  /** Why it failed, as an error code and as the sentence that was given with it; null otherwise. */
  errorCode: string | null
  errorText: string | null
}

/**
 * A reader's picture of a channel. `messages` is an unbroken run in the order of `seq` that ends at `lastSeq`;
 * `ahead` holds what arrived early, after a hole; `pending` is what this reader wrote.
 */
export interface Timeline {
  /** The reader's own member id: a `clientId` is unique per author only, so somebody else's never settles one's own. */
  me: string | null
  lastSeq: number
  messages: readonly MessageView[]
  ahead: readonly ChannelEvent[]
  pending: readonly PendingMessage[]
  hasMoreBefore: boolean
}

export const emptyTimeline = (me: string | null): Timeline => ({
  me,
  lastSeq: 0,
  messages: [],
  ahead: [],
  pending: [],
  hasMoreBefore: false,
})

/** The hole that keeps early events waiting: ask for what came after `after`. Null when nothing is missing. */
export function gapOf(state: Timeline): { after: number; before: number } | null {
  const first = state.ahead[0]
  return first ? { after: state.lastSeq, before: first.seq } : null
}

/**
 * Takes one event in, whatever the order and however often it is delivered: a known `seq` changes nothing but
 * its message's text, the next one is appended with all that waited behind it, a later one waits.
 * One's own message leaves `pending` when it takes its place, found by `clientId`.
 */
export function applyEvent(state: Timeline, event: ChannelEvent): Timeline {
  if (event.seq <= state.lastSeq) return settlePending(replaceKnown(state, event.message), event.message)
  if (event.seq > state.lastSeq + 1) return markSent(holdBack(state, event), event.message)
  const appended: Timeline = {
    ...state,
    lastSeq: event.seq,
    messages: [...state.messages, event.message],
    ahead: state.ahead.filter((waiting) => waiting.seq > event.seq),
  }
  const settled = settlePending(appended, event.message)
  const next = settled.ahead[0]
  return next && next.seq === settled.lastSeq + 1 ? applyEvent(settled, next) : settled
}

export function applyEvents(state: Timeline, events: readonly ChannelEvent[]): Timeline {
  return events.reduce(applyEvent, state)
}

/** Starts the picture anew from a page of history that ends at `lastSeq`; what is pending or early is kept. */
export function startFrom(state: Timeline, page: { messages: readonly MessageView[]; lastSeq: number; hasMoreBefore: boolean }): Timeline {
  const fresh: Timeline = { ...state, ...page, ahead: [] }
  const settled = page.messages.reduce(settlePending, fresh)
  return applyEvents(
    settled,
    state.ahead.filter((event) => event.seq > page.lastSeq),
  )
}

/** Puts an older page in front. Messages already here are not doubled. */
export function prependHistory(state: Timeline, older: readonly MessageView[], hasMoreBefore: boolean): Timeline {
  const firstSeq = state.messages[0]?.seq ?? state.lastSeq + 1
  const added = older.filter((message) => message.seq < firstSeq)
  return { ...state, messages: [...added, ...state.messages], hasMoreBefore }
}

export function addPending(state: Timeline, message: PendingMessage): Timeline {
  const others = state.pending.filter((mine) => mine.clientId !== message.clientId)
  return { ...state, pending: [...others, message] }
}

export function setPending(
  state: Timeline,
  clientId: string,
  change: Pick<PendingMessage, 'status' | 'errorCode' | 'errorText'>,
): Timeline {
  const pending = state.pending.map((mine) => (mine.clientId === clientId ? { ...mine, ...change } : mine))
  return { ...state, pending }
}

export function dropPending(state: Timeline, clientId: string): Timeline {
  return { ...state, pending: state.pending.filter((mine) => mine.clientId !== clientId) }
}

function replaceKnown(state: Timeline, message: MessageView): Timeline {
  const at = state.messages.findIndex((known) => known.seq === message.seq)
  if (at === -1) return state
  return { ...state, messages: state.messages.with(at, message) }
}

function holdBack(state: Timeline, event: ChannelEvent): Timeline {
  if (state.ahead.some((waiting) => waiting.seq === event.seq)) return state
  return { ...state, ahead: [...state.ahead, event].toSorted((a, b) => a.seq - b.seq) }
}

function markSent(state: Timeline, message: MessageView): Timeline {
  const clientId = ownClientId(state, message)
  return clientId === null ? state : setPending(state, clientId, { status: 'sent', errorCode: null, errorText: null })
}

function settlePending(state: Timeline, message: MessageView): Timeline {
  const clientId = ownClientId(state, message)
  return clientId === null ? state : dropPending(state, clientId)
}

function ownClientId(state: Timeline, message: MessageView): string | null {
  return message.author.memberId === state.me ? message.clientId : null
}
