import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decideEmailState, markOf, NOTHING_KNOWN, type EmailEvent } from './email-state.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 10, 25, 12, minute))
const bounced = (minute: number, sent = minute - 1, isPermanent = true): EmailEvent => ({
  kind: 'bounced',
  at: at(minute),
  sentAt: at(sent),
  isPermanent,
})
const complained = (minute: number): EmailEvent => ({ kind: 'complained', at: at(minute) })
const proven = (minute: number): EmailEvent => ({ kind: 'proven', at: at(minute) })
const lifted = (minute: number): EmailEvent => ({ kind: 'lifted', at: at(minute) })
const after = (...events: EmailEvent[]) => events.reduce(decideEmailState, NOTHING_KNOWN)
const markAfter = (...events: EmailEvent[]) => markOf(after(...events))

const minute = fc.nat(30)
const event: fc.Arbitrary<EmailEvent> = fc.oneof(
  fc.tuple(minute, minute, fc.boolean()).map(([said, sent, isPermanent]) => bounced(said, sent, isPermanent)),
  minute.map(complained),
  minute.map(proven),
  minute.map(lifted),
)

describe('a mark', () => {
  test('comes of a permanent bounce and of a complaint, and of nothing else', () => {
    expect(markAfter()).toBeNull()
    expect(markAfter(bounced(5))).toBe('bounced')
    expect(markAfter(bounced(5, 4, false))).toBeNull()
    expect(markAfter(complained(5))).toBe('complained')
    expect(markAfter(proven(5), lifted(6))).toBeNull()
  })

  test('of a bounce ends with a proof after the mail was sent and after the bounce was said, and with no earlier one', () => {
    expect(markAfter(bounced(5, 4), proven(6))).toBeNull()
    expect(markAfter(bounced(5, 4), proven(5))).toBe('bounced')
    expect(markAfter(bounced(5, 4), proven(4))).toBe('bounced')
    // A provider's clock that is behind ours: the mail left after the proof.
    expect(markAfter(bounced(5, 8), proven(7))).toBe('bounced')
  })

  test('of a complaint ends with no proof and wins over any bounce', () => {
    expect(markAfter(complained(5), proven(9))).toBe('complained')
    expect(markAfter(bounced(9), complained(5))).toBe('complained')
    expect(markAfter(complained(9), bounced(5))).toBe('complained')
    expect(markAfter(complained(5), lifted(6))).toBeNull()
  })

  test('that was lifted comes back with what is said later, and not with what was said before and arrives late', () => {
    expect(markAfter(lifted(6), bounced(5), complained(5))).toBeNull()
    expect(markAfter(lifted(6), bounced(7))).toBe('bounced')
  })
})

test('events end in the same state in any order and however often each arrives', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 12 }), fc.infiniteStream(fc.nat(1_000)), (events, picks) => {
      const repeated = [...events, ...events.filter(() => (picks.next().value ?? 0) % 2 === 0)]
      const shuffled = repeated
        .map((one) => ({ one, rank: picks.next().value ?? 0 }))
        .toSorted((a, b) => a.rank - b.rank)
        .map(({ one }) => one)
      expect(after(...shuffled)).toEqual(after(...events))
    }),
  )
})

test('one complaint among whatever else, and nothing that lifts it later, is a complaint', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 12 }), (events) => {
      const others = events.filter(({ kind }) => kind !== 'lifted')
      expect(markAfter(...others, complained(10))).toBe('complained')
      expect(markAfter(...others, complained(10), lifted(31))).toBeNull()
    }),
  )
})
