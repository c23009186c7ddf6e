import { expect, test } from 'vitest'
import type { MessageView } from '#domain/community/chat-frames.ts'
import { messageRows } from './message-rows.ts'

const message = (seq: number, createdAt: string, memberId = 'a'): MessageView => ({
  id: String(seq),
  channelId: '1',
  seq,
  clientId: `c-${seq}`,
  content: 'x',
  createdAt,
  editedAt: null,
  deletedAt: null,
  replyTo: null,
  author: { memberId, displayName: null, avatarUrl: null, role: 'MEMBER' },
})

test('rows: a line per Paris day, one before the unread, a name per group', () => {
  const rows = messageRows(
    [
      message(1, '2026-11-22T22:58:00.000Z'),
      message(2, '2026-11-22T22:59:00.000Z'),
      message(3, '2026-11-22T23:01:00.000Z'),
      message(4, '2026-11-22T23:02:00.000Z', 'b'),
      message(5, '2026-11-22T23:03:00.000Z', 'b'),
      message(6, '2026-11-22T23:10:00.000Z', 'b'),
    ],
    4,
  )
  const seen = rows.map((row) => (row.kind === 'message' ? `${row.message.seq}${row.isHead ? ' head' : ''}` : row.key))
  expect(seen).toEqual(['day 2026-11-22', '1 head', '2', 'day 2026-11-23', '3 head', '4 head', 'unread', '5 head', '6 head'])
})
