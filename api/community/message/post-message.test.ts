import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#db/id.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { decidePost, type ChannelFacts } from '#domain/community/chat.ts'
import { AppError } from '#domain/error.ts'
import { ChatWorld, NOW, later } from '#api/community/testing.ts'
import type { Ctx } from '#api/context.ts'
import { listEvents } from './list-events.ts'
import { postMessage } from './post-message.ts'

let database: TestDatabase
let world: ChatWorld
beforeAll(async () => {
  database = await testDatabase()
  world = new ChatWorld(database)
})
afterAll(() => database.close())

const say = (ctx: Ctx, channelId: string, content = 'Bonjour', clientId = newId()) => postMessage(ctx, { channelId, content, clientId })
const refusal = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work
    return 'ok'
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
}

describe('posting', () => {
  test('takes the next place in the channel and shows its author and what it answers', async () => {
    const communityId = await world.community()
    const channelId = await world.channel(communityId)
    const ana = await world.member(communityId, { values: { displayName: 'Ana' } })
    const first = await say(ana.ctx, channelId, 'Un <b>mot</b>')
    expect(first).toMatchObject({
      seq: 1,
      channelId,
      content: 'Un <b>mot</b>',
      createdAt: NOW.toISOString(),
      deletedAt: null,
      replyTo: null,
    })
    expect(first.author).toEqual({ memberId: ana.memberId, displayName: 'Ana', avatarUrl: null, role: 'MEMBER' })
    const answer = await postMessage(later(ana.ctx, 1), { channelId, content: 'Deux', clientId: newId(), replyToId: first.id })
    expect([answer.seq, answer.replyTo]).toEqual([2, { id: first.id, seq: 1, displayName: 'Ana', excerpt: 'Un <b>mot</b>' }])
  })

  test('the same message said 20 times at once is one message', async () => {
    const communityId = await world.community()
    const channelId = await world.channel(communityId)
    const ana = await world.member(communityId)
    const clientId = newId()
    const answers = await Promise.all(Array.from({ length: 20 }, () => say(ana.ctx, channelId, 'Une fois', clientId)))
    expect(new Set(answers.map((answer) => `${answer.id}/${answer.seq}`)).size).toBe(1)
    expect((await listEvents(ana.ctx, { channelId, after: 0 })).events).toHaveLength(1)
    const other = await world.member(communityId)
    expect((await say(other.ctx, channelId, 'Moi aussi', clientId)).seq).toBe(2)
  })

  test('50 messages at once leave no hole and no double', async () => {
    const communityId = await world.community()
    const channelId = await world.channel(communityId)
    const people = await Promise.all(Array.from({ length: 5 }, () => world.member(communityId)))
    const posted = await Promise.all(Array.from({ length: 50 }, (_, n) => say(people[n % 5]!.ctx, channelId, `Message ${n}`)))
    const expected = Array.from({ length: 50 }, (_, n) => n + 1)
    expect(posted.map((message) => message.seq).toSorted((a, b) => a - b)).toEqual(expected)
    const page = await listEvents(people[0]!.ctx, { channelId, after: 0 })
    expect([page.events.map((event) => event.seq), page.lastSeq, page.isComplete]).toEqual([expected, 50, true])
  })

  test('slow mode lets one of ten parallel messages of a member through', async () => {
    const communityId = await world.community()
    const channelId = await world.channel(communityId, { slowModeSeconds: 60 })
    const ana = await world.member(communityId)
    const codes = await Promise.all(Array.from({ length: 10 }, () => refusal(say(ana.ctx, channelId))))
    expect(codes.toSorted()).toEqual(['ok', ...Array(9).fill('slow_mode')])
    expect(await refusal(say(later(ana.ctx, 59), channelId))).toBe('slow_mode')
    expect(await refusal(say(later(ana.ctx, 60), channelId))).toBe('ok')
  })

  test('a retry after being silenced still finds what was written before', async () => {
    const communityId = await world.community()
    const channelId = await world.channel(communityId)
    const ana = await world.member(communityId)
    const clientId = newId()
    const first = await say(ana.ctx, channelId, 'Avant', clientId)
    await database.admin('update community_members set "mutedUntil" = $2 where id = $1', [ana.memberId, '2027-01-01'])
    expect((await say(ana.ctx, channelId, 'Avant', clientId)).id).toBe(first.id)
    expect(await refusal(say(ana.ctx, channelId))).toBe('muted')
  })

  test('refuses an answer to a message of another channel and to one that does not exist', async () => {
    const communityId = await world.community()
    const [here, there] = [await world.channel(communityId), await world.channel(communityId)]
    const ana = await world.member(communityId)
    const elsewhere = await say(ana.ctx, there)
    for (const replyToId of [elsewhere.id, '999999999']) {
      expect(await refusal(postMessage(ana.ctx, { channelId: here, content: 'x', clientId: newId(), replyToId }))).toBe('invalid_input')
    }
    expect((await listEvents(ana.ctx, { channelId: here, after: 0 })).lastSeq).toBe(0)
  })

  test('the statement and the rule agree on every kind of person and channel', async () => {
    const communityIds = { true: await world.community(), false: await world.community('STAM', { isActive: false }) }
    const when = fc.constantFrom(null, new Date(NOW.getTime() - 1000), new Date(NOW.getTime() + 1000))
    const situation = fc.record({
      communityIsActive: fc.boolean(),
      role: fc.constantFrom('MEMBER' as const, 'MODERATOR' as const, 'ADMIN' as const),
      isActive: fc.boolean(),
      bannedAt: when,
      mutedUntil: when,
      status: fc.constantFrom(null, 'ACTIVE' as const, 'EXPIRED' as const),
      isPrivate: fc.boolean(),
      isOpened: fc.boolean(),
      isReadOnly: fc.boolean(),
      isArchived: fc.boolean(),
      postedBefore: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(situation, async (s) => {
        const communityId = communityIds[`${s.communityIsActive}`]
        const channelId = await world.channel(communityId, { slowModeSeconds: 30 })
        const productId = await world.product(communityId, s.isOpened ? { accessType: 'channel', targetId: channelId } : undefined)
        const ana = await world.member(communityId, { role: s.role, ...(s.status && { productId, status: s.status }) })
        const lastPostedAt = s.postedBefore && s.communityIsActive ? NOW : null
        if (lastPostedAt) await say(ana.ctx, channelId).catch(() => undefined)
        const written = (await database.admin<{ n: number }>('select "lastSeq" as n from channels where id = $1', [channelId]))[0]?.n ?? 0
        await database.admin('update community_members set "isActive" = $2, "bannedAt" = $3, "mutedUntil" = $4 where id = $1', [
          ana.memberId,
          s.isActive,
          s.bannedAt?.toISOString(),
          s.mutedUntil?.toISOString(),
        ])
        await database.admin('update channels set "isPrivate" = $2, "isReadOnly" = $3, "archivedAt" = $4 where id = $1', [
          channelId,
          s.isPrivate,
          s.isReadOnly,
          s.isArchived ? '2026-01-01' : null,
        ])
        const facts: ChannelFacts = {
          member: {
            role: s.role,
            isActive: s.isActive,
            bannedAt: s.bannedAt,
            mutedUntil: s.mutedUntil,
            hasLiveAccess: s.status !== 'EXPIRED',
          },
          isStaff: false,
          communityIsActive: s.communityIsActive,
          isOpenedByProduct: s.isOpened && s.status === 'ACTIVE',
          channel: { isPrivate: s.isPrivate, isReadOnly: s.isReadOnly, isArchived: s.isArchived, slowModeSeconds: 30 },
        }
        const decision = decidePost({ ...facts, lastPostedAt: written > 0 ? lastPostedAt : null }, later(ana.ctx, 10).now)
        expect(await refusal(say(later(ana.ctx, 10), channelId))).toBe(decision.ok ? 'ok' : decision.code)
      }),
      { numRuns: 60 },
    )
  })
})
