import { emptyTimeline, type Timeline } from '#domain/community/chat-order.ts'

export interface Typist {
  memberId: string
  displayName: string | null
}

/** All that a channel's screen shows. A new object at every change, so that a view can compare by identity. */
export interface ChannelState {
  phase: 'loading' | 'ready' | 'failed' | 'closed'
  /** Why `phase` is failed or closed. */
  error: unknown
  line: 'connecting' | 'online' | 'offline'
  timeline: Timeline
  isLoadingBefore: boolean
  /** Loading older messages failed; asking again is up to the reader. */
  olderFailed: boolean
  typists: readonly Typist[]
  /** People here now; null while unknown. */
  online: number | null
  /** The line between read and unread stands after this `seq`; null when everything was read on arrival. */
  dividerAfter: number | null
  /** Newest message that arrived while looking on: what a screen reader is told of begins after `liveFrom`. */
  liveFrom: number
}

export const initialState = (me: string | null): ChannelState => ({
  phase: 'loading',
  error: null,
  line: 'connecting',
  timeline: emptyTimeline(me),
  isLoadingBefore: false,
  olderFailed: false,
  typists: [],
  online: null,
  dividerAfter: null,
  liveFrom: 0,
})
