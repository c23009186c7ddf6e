import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ChannelEvent } from './chat-frames.ts'
import { addPending, applyEvent, applyEvents, emptyTimeline, gapOf, prependHistory, startFrom, type PendingMessage } from './chat-order.ts'

const event = (seq: number, { by = 'other', clientId = `client-${seq}`, content = `text ${seq}` } = {}): ChannelEvent => ({
  seq,
  kind: 'message',
  message: {
    id: String(seq),
    channelId: '1',
    seq,
    clientId,
    content,
    createdAt: '2026-11-22T12:00:00.000Z',
    editedAt: null,
    deletedAt: null,
    author: { memberId: by, displayName: null, avatarUrl: null, role: 'MEMBER' },
    replyTo: null,
  },
})

const pending = (clientId: string): PendingMessage => ({
  clientId,
  content: 'mine',
  replyToId: null,
  createdAt: '2026-11-22T12:00:00.000Z',
  status: 'pending',
  errorCode: null,
  errorText: null,
})

const seqs = (state: { messages: readonly { seq: number }[] }) => state.messages.map((message) => message.seq)

describe('the order of a channel', () => {
  test('any order and any number of deliveries end in the same unbroken run', () => {
    const delivery = fc.integer({ min: 1, max: 30 }).chain((count) =>
      fc.tuple(
        fc.constant(count),
        fc.shuffledSubarray(
          Array.from({ length: count }, (_, at) => at + 1),
          { minLength: count },
        ),
        fc.array(fc.integer({ min: 1, max: count })),
      ),
    )
    fc.assert(
      fc.property(delivery, ([count, order, again]) => {
        const state = applyEvents(
          emptyTimeline('me'),
          [...order, ...again].map((seq) => event(seq)),
        )
        expect(seqs(state)).toEqual(Array.from({ length: count }, (_, at) => at + 1))
        expect(gapOf(state)).toBeNull()
      }),
    )
  })

  test('what arrives early waits, and the hole is named', () => {
    const state = applyEvents(emptyTimeline('me'), [event(1), event(4), event(3)])
    expect(seqs(state)).toEqual([1])
    expect(gapOf(state)).toEqual({ after: 1, before: 3 })
    expect(seqs(applyEvent(state, event(2)))).toEqual([1, 2, 3, 4])
  })

  test('a known message takes its new text, one of an unloaded past changes nothing', () => {
    const state = startFrom(emptyTimeline('me'), { messages: [event(5).message], lastSeq: 5, hasMoreBefore: true })
    expect(applyEvent(state, event(5, { content: 'edited' })).messages[0]?.content).toBe('edited')
    expect(applyEvent(state, event(2))).toEqual(state)
  })
})

describe('what one wrote oneself', () => {
  test('leaves the pending ones when it takes its place', () => {
    const state = addPending(emptyTimeline('me'), pending('abc'))
    const next = applyEvent(state, event(1, { by: 'me', clientId: 'abc' }))
    expect([next.pending, seqs(next)]).toEqual([[], [1]])
  })

  test('shows as sent while an earlier message is still missing', () => {
    const state = applyEvent(addPending(emptyTimeline('me'), pending('abc')), event(2, { by: 'me', clientId: 'abc' }))
    expect(state.pending.map((mine) => mine.status)).toEqual(['sent'])
    expect(applyEvent(state, event(1)).pending).toEqual([])
  })

  test('is not settled by somebody else who used the same client id', () => {
    const state = applyEvent(addPending(emptyTimeline('me'), pending('abc')), event(1, { by: 'other', clientId: 'abc' }))
    expect(state.pending).toHaveLength(1)
  })
})

describe('history', () => {
  test('an older page goes in front without doubling', () => {
    const state = startFrom(emptyTimeline('me'), { messages: [event(3).message, event(4).message], lastSeq: 4, hasMoreBefore: true })
    const more = prependHistory(state, [event(1).message, event(2).message, event(3).message], false)
    expect([seqs(more), more.hasMoreBefore]).toEqual([[1, 2, 3, 4], false])
  })

  test('starting anew keeps what is pending and what came early', () => {
    const early = applyEvent(addPending(emptyTimeline('me'), pending('abc')), event(9))
    const state = startFrom(early, { messages: [event(7).message, event(8).message], lastSeq: 8, hasMoreBefore: true })
    expect([seqs(state), state.pending.length, gapOf(state)]).toEqual([[7, 8, 9], 1, null])
  })
})
