import { describe, expect, test } from 'vitest'
import {
  MESSAGE_MAX_LENGTH,
  bigIntId,
  cleanMessage,
  decidePost,
  decideRead,
  ListMessages,
  PostMessage,
  slowModeWaitMs,
  type ChannelFacts,
} from './chat.ts'

const NOW = new Date('2026-11-22T12:00:00.000Z')
const ago = (seconds: number): Date => new Date(NOW.getTime() - seconds * 1000)

type Changes = { member?: Partial<NonNullable<ChannelFacts['member']>> | null; channel?: Partial<ChannelFacts['channel']> } & Partial<
  Pick<ChannelFacts, 'isStaff' | 'communityIsActive' | 'isOpenedByProduct'>
>

function factsWith({ member = {}, channel = {}, ...rest }: Changes = {}): ChannelFacts {
  return {
    member: member && { role: 'MEMBER', isActive: true, bannedAt: null, mutedUntil: null, hasLiveAccess: true, ...member },
    isStaff: false,
    communityIsActive: true,
    isOpenedByProduct: false,
    channel: { isPrivate: false, isReadOnly: false, isArchived: false, slowModeSeconds: 0, ...channel },
    ...rest,
  }
}

const read = (changes: Changes) => {
  const decision = decideRead(factsWith(changes))
  return decision.ok ? 'ok' : decision.code
}
const post = (changes: Changes, lastPostedAt: Date | null = null) => {
  const decision = decidePost({ ...factsWith(changes), lastPostedAt }, NOW)
  return decision.ok ? 'ok' : decision.code
}

const isContent = (content: string) => PostMessage.safeParse({ clientId: 'abcdefgh', content }).success
const isClientId = (clientId: string) => PostMessage.safeParse({ clientId, content: 'x' }).success

describe('the text of a message', () => {
  test('keeps lines, tabs and joined emoji, and loses controls and direction marks', () => {
    expect(cleanMessage('  a\r\nb\tc 👩‍💻 \u202Eevil\u202C\u0000\u0007 ')).toBe('a\nb\tc 👩‍💻 evil')
  })

  test('is never half a character', () => {
    expect(cleanMessage('a\uD83D')).toBe('a\uFFFD')
  })

  test('must remain after cleaning and fit', () => {
    expect(isContent(' \n\u200E ')).toBe(false)
    expect(isContent('x'.repeat(MESSAGE_MAX_LENGTH))).toBe(true)
    expect(isContent(` ${'x'.repeat(MESSAGE_MAX_LENGTH)} `)).toBe(true)
    expect(isContent('x'.repeat(MESSAGE_MAX_LENGTH + 1))).toBe(false)
  })
})

describe('inputs', () => {
  test('a client id is an opaque word of 8 to 40 characters', () => {
    expect([crypto.randomUUID(), 'tz4a98xxat96iws9zmbrgj3a'].map(isClientId)).toEqual([true, true])
    expect(['short', 'a b c d e f g', "x';drop table", 'x'.repeat(41)].map(isClientId)).toEqual([false, false, false, false])
  })

  test('a bigint id fits the column', () => {
    expect(['1', '9223372036854775807'].map((id) => bigIntId.safeParse(id).success)).toEqual([true, true])
    expect(['0', '-1', '01', '1.0', '9223372036854775808', ''].map((id) => bigIntId.safeParse(id).success)).toEqual(Array(6).fill(false))
  })

  test('a page has a size and bounds that come as text', () => {
    expect(ListMessages.parse({ before: '12' })).toEqual({ before: 12, limit: 50 })
    expect(ListMessages.safeParse({ limit: '101' }).success).toBe(false)
    expect(ListMessages.safeParse({ before: '99999999999' }).success).toBe(false)
  })
})

describe('who reads', () => {
  test('members with live access, and staff', () => {
    expect(read({})).toBe('ok')
    expect(read({ member: null })).toBe('not_found')
    expect(read({ member: null, isStaff: true, communityIsActive: false })).toBe('ok')
    expect(read({ communityIsActive: false })).toBe('not_found')
    expect(read({ member: { isActive: false } })).toBe('access_ended')
    expect(read({ member: { hasLiveAccess: false } })).toBe('access_ended')
    expect(read({ member: { bannedAt: ago(1) } })).toBe('chat_banned')
    expect(read({ member: { mutedUntil: ago(-60) } })).toBe('ok')
  })

  test('a private channel is for those whose product opens it and for moderators', () => {
    expect(read({ channel: { isPrivate: true } })).toBe('not_found')
    expect(read({ channel: { isPrivate: true }, isOpenedByProduct: true })).toBe('ok')
    expect(read({ channel: { isPrivate: true }, member: { role: 'MODERATOR' } })).toBe('ok')
    expect(read({ channel: { isPrivate: true }, member: { role: 'MODERATOR', hasLiveAccess: false } })).toBe('access_ended')
  })
})

describe('who writes', () => {
  test('members who are not silenced, in a channel that takes messages', () => {
    expect(post({})).toBe('ok')
    expect(post({ member: null, isStaff: true })).toBe('not_member')
    expect(post({ member: { bannedAt: ago(1) }, isStaff: true })).toBe('chat_banned')
    expect(post({ member: { mutedUntil: ago(-1) } })).toBe('muted')
    expect(post({ member: { mutedUntil: ago(0) } })).toBe('ok')
    expect(post({ channel: { isArchived: true }, member: { role: 'ADMIN' } })).toBe('channel_archived')
    expect(post({ channel: { isReadOnly: true } })).toBe('channel_read_only')
    expect(post({ channel: { isReadOnly: true }, member: { role: 'MODERATOR' } })).toBe('ok')
  })

  test('slow mode lets a member write again exactly when the pause is over', () => {
    const slow = { channel: { slowModeSeconds: 30 } }
    expect(post(slow)).toBe('ok')
    expect(post(slow, ago(29.999))).toBe('slow_mode')
    expect(post(slow, ago(30))).toBe('ok')
    expect(post({ ...slow, member: { role: 'MODERATOR' } }, ago(1))).toBe('ok')
    expect(slowModeWaitMs(30, ago(10), NOW)).toBe(20_000)
    expect(slowModeWaitMs(0, ago(0), NOW)).toBe(0)
  })
})
