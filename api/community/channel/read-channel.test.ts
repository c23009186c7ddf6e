import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#db/id.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { AppError } from '#domain/error.ts'
import { listOwnCommunities } from '#api/community/community/list-own.ts'
import { showCommunity } from '#api/community/community/show-community.ts'
import { listEvents } from '#api/community/message/list-events.ts'
import { listMessages } from '#api/community/message/list-messages.ts'
import { postMessage } from '#api/community/message/post-message.ts'
import { ChatWorld } from '#api/community/testing.ts'
import type { Ctx } from '#api/context.ts'
import { markRead } from './mark-read.ts'
import { openTicket } from './open-ticket.ts'

let database: TestDatabase
let world: ChatWorld
beforeAll(async () => {
  database = await testDatabase()
  world = new ChatWorld(database)
})
afterAll(() => database.close())

const say = (ctx: Ctx, channelId: string, content = 'Bonjour') => postMessage(ctx, { channelId, content, clientId: newId() })
const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'ok',
    (error: unknown) => (error instanceof AppError ? error.code : Promise.reject(error)),
  )

const unread = async (ctx: Ctx) => (await listOwnCommunities(ctx)).communities[0]?.unread

/** Each way into a channel, so that no rule can be forgotten on one of them. */
const everyWayIn = (ctx: Ctx, channelId: string): Promise<string[]> =>
  Promise.all(
    [
      listMessages(ctx, { channelId, limit: 50 }),
      listEvents(ctx, { channelId, after: 0 }),
      openTicket(ctx, { channelId }),
      markRead(ctx, { channelId, seq: 0 }),
    ].map(codeOf),
  )
const all = (code: string): string[] => Array(4).fill(code)

describe('who may enter', () => {
  test('nobody without a session, no stranger, nobody of the other site', async () => {
    const communityId = await world.community()
    const channelId = await world.channel(communityId)
    const stranger = world.ctx({ platform: 'STAM', userId: await world.user('STAM') })
    const affiliate = world.ctx({ platform: 'WEOKTO', userId: await world.user('WEOKTO'), role: 'AFFILIATE' })
    expect(await everyWayIn({ ...stranger, actor: { kind: 'visitor' } }, channelId)).toEqual(all('unauthorized'))
    expect(await everyWayIn(stranger, channelId)).toEqual(all('not_found'))
    expect(await everyWayIn(affiliate, channelId)).toEqual(all('not_found'))
    expect(await everyWayIn(stranger, '999999')).toEqual(all('not_found'))
    expect(await codeOf(say(stranger, channelId))).toBe('not_found')
  })

  test('members of a guild and of a community, each on their own site', async () => {
    for (const platform of ['WEOKTO', 'STAM'] as const) {
      const communityId = await world.community(platform)
      const channelId = await world.channel(communityId)
      const member = await world.member(communityId, { platform })
      expect(await everyWayIn(member.ctx, channelId)).toEqual(all('ok'))
    }
  })

  test('a purchase opens as long as it gives access, on both sites', async () => {
    for (const platform of ['WEOKTO', 'STAM'] as const) {
      const communityId = await world.community(platform)
      const channelId = await world.channel(communityId)
      const productId = await world.product(communityId)
      for (const status of ['TRIAL', 'ACTIVE', 'PAST_DUE', 'CANCELLED', 'EXPIRED', 'INCOMPLETE'] as const) {
        const member = await world.member(communityId, { platform, productId, status })
        const expected = status === 'EXPIRED' || status === 'INCOMPLETE' ? 'access_ended' : 'ok'
        expect([status, await everyWayIn(member.ctx, channelId)]).toEqual([status, all(expected)])
      }
    }
  })

  test('someone whose first purchase ended stays while another one of that community lives', async () => {
    const communityId = await world.community()
    const channelId = await world.channel(communityId)
    const member = await world.member(communityId, { productId: await world.product(communityId), status: 'EXPIRED' })
    await world.customer(member.userId, 'STAM', await world.product(await world.community()), 'ACTIVE')
    expect(await everyWayIn(member.ctx, channelId)).toEqual(all('access_ended'))
    await world.customer(member.userId, 'STAM', await world.product(communityId), 'ACTIVE')
    expect(await everyWayIn(member.ctx, channelId)).toEqual(all('ok'))
  })

  test('the banned are told, and so are those whose membership was ended', async () => {
    const communityId = await world.community()
    const channelId = await world.channel(communityId)
    const banned = await world.member(communityId, { values: { bannedAt: new Date() } })
    const gone = await world.member(communityId, { values: { isActive: false } })
    expect(await everyWayIn(banned.ctx, channelId)).toEqual(all('chat_banned'))
    expect(await everyWayIn(gone.ctx, channelId)).toEqual(all('access_ended'))
  })

  test('a private channel opens by product or by role', async () => {
    const communityId = await world.community()
    const channelId = await world.channel(communityId, { isPrivate: true })
    const opening = await world.product(communityId, { accessType: 'channel', targetId: channelId })
    const plain = await world.product(communityId, { accessType: 'community', targetId: communityId })
    const who = {
      plain: await world.member(communityId, { productId: plain }),
      buyer: await world.member(communityId, { productId: opening }),
      expired: await world.member(communityId, { productId: opening, status: 'EXPIRED' }),
      moderator: await world.member(communityId, { role: 'MODERATOR' }),
    }
    const codes = await Promise.all(Object.values(who).map(({ ctx }) => codeOf(openTicket(ctx, { channelId }))))
    expect(codes).toEqual(['not_found', 'ok', 'not_found', 'ok'])
  })

  test('a session made by an unproven e-mail sees the community of that purchase only', async () => {
    const [bought, free] = [await world.community(), await world.community()]
    const [there, elsewhere] = [await world.channel(bought), await world.channel(free)]
    const member = await world.member(bought, { productId: await world.product(bought) })
    await database.admin(
      'insert into community_members (id, "communityId", platform, "stamUserId", email, "updatedAt") values ($1, $2, \'STAM\', $3, $4, now())',
      [newId(), free, member.userId, 'x@example.com'],
    )
    const scoped = world.ctx({ platform: 'STAM', userId: member.userId, scopeCustomerId: member.customerId })
    expect([await everyWayIn(scoped, there), await everyWayIn(scoped, elsewhere)]).toEqual([all('ok'), all('not_found')])
    expect((await listOwnCommunities(scoped)).communities.map((community) => community.id)).toEqual([bought])
    expect((await listOwnCommunities(member.ctx)).communities).toHaveLength(2)
  })

  test('staff of the platform look into both sites and write nowhere; others of the staff do not', async () => {
    const communityId = await world.community('STAM', { isActive: false })
    const channelId = await world.channel(communityId, { isPrivate: true })
    const staff = (role: 'OWNER' | 'ADMIN' | 'PRODUCT_MANAGER') =>
      world.user('WEOKTO', role).then((userId) => world.ctx({ platform: 'WEOKTO', userId, role }))
    expect(await everyWayIn(await staff('OWNER'), channelId)).toEqual(all('ok'))
    expect(await everyWayIn(await staff('ADMIN'), channelId)).toEqual(all('ok'))
    expect(await everyWayIn(await staff('PRODUCT_MANAGER'), channelId)).toEqual(all('not_found'))
    expect(await codeOf(say(await staff('OWNER'), channelId))).toBe('not_member')
  })
})

test('somebody who writes and reads at once, as a page that opens does, is never refused', async () => {
  const communityId = await world.community()
  for (let round = 0; round < 12; round++) {
    const channelId = await world.channel(communityId)
    const { ctx } = await world.member(communityId)
    const work = Array.from({ length: 4 }, () => [say(ctx, channelId), markRead(ctx, { channelId, seq: 0 })]).flat()
    expect(await Promise.all(work.map(codeOf))).toEqual(Array(8).fill('ok'))
  }
})

describe('history', () => {
  test('goes both ways, and a deleted message leaves its place without its text', async () => {
    const communityId = await world.community()
    const channelId = await world.channel(communityId)
    const { ctx } = await world.member(communityId)
    for (let n = 1; n <= 7; n++) await say(ctx, channelId, `Message ${n}`)
    const second = (await listMessages(ctx, { channelId, limit: 1, before: 3 })).messages[0]
    await postMessage(ctx, { channelId, content: 'Réponse', clientId: newId(), replyToId: second?.id })
    await database.admin('update messages set "deletedAt" = $2 where "channelId" = $1 and seq = 2', [channelId, '2026-11-22 13:00:00'])
    const read = async (input: { before?: number; after?: number; limit?: number }) => {
      const page = await listMessages(ctx, { channelId, limit: 3, ...input })
      return [page.messages.map((message) => message.seq), page.hasMoreBefore, page.hasMoreAfter]
    }
    expect(await read({})).toEqual([[6, 7, 8], true, false])
    expect(await read({ before: 4 })).toEqual([[1, 2, 3], false, true])
    expect(await read({ after: 4 })).toEqual([[5, 6, 7], true, true])
    expect(await read({ after: 8 })).toEqual([[], true, false])
    const tombstone = (await listMessages(ctx, { channelId, limit: 10 })).messages
    expect(tombstone[1]).toMatchObject({ content: null, deletedAt: '2026-11-22T13:00:00.000Z' })
    expect(tombstone[7]?.replyTo).toMatchObject({ seq: 2, excerpt: null })
    expect(JSON.stringify(tombstone)).not.toContain('Message 2')
  })
})

describe('reading', () => {
  test('counts what others wrote since, from joining on, and a mark never goes back', async () => {
    const communityId = await world.community()
    const channelId = await world.channel(communityId, { name: 'Général' })
    const [ana, bo] = [await world.member(communityId), await world.member(communityId)]
    for (let n = 0; n < 3; n++) await say(ana.ctx, channelId)
    const late = await world.member(communityId, { values: { joinedAt: new Date('2026-11-23') } })
    expect([await unread(ana.ctx), await unread(bo.ctx), await unread(late.ctx)]).toEqual([0, 3, 0])
    expect(await markRead(bo.ctx, { channelId, seq: 2 })).toEqual({ lastReadSeq: 2 })
    expect(await markRead(bo.ctx, { channelId, seq: 1 })).toEqual({ lastReadSeq: 2 })
    expect(await unread(bo.ctx)).toBe(1)
    expect(await markRead(bo.ctx, { channelId, seq: 999 })).toEqual({ lastReadSeq: 3 })
    await say(bo.ctx, channelId)
    expect([await unread(bo.ctx), await unread(ana.ctx)]).toEqual([0, 1])
  })

  test('a community shows its channels by category, in order, with what one may do there', async () => {
    const communityId = await world.community('STAM', { name: 'Pâtisserie' })
    const [{ slug } = { slug: '' }] = await database.admin<{ slug: string }>('select slug from communities where id = $1', [communityId])
    const [category] = await database.admin<{ id: string }>(
      'insert into channel_categories ("communityId", name, slug, "createdBy") values ($1, $2, $3, $4) returning id',
      [communityId, 'Entraide', 'entraide', 'x'],
    )
    const second = await world.channel(communityId, { name: 'Questions', position: 2, categoryId: category?.id })
    const first = await world.channel(communityId, { name: 'Annonces', position: 1, categoryId: category?.id, isReadOnly: true })
    await world.channel(communityId, { name: 'Équipe', isPrivate: true })
    await world.channel(communityId, { name: 'Vieux', archivedAt: new Date() })
    const ana = await world.member(communityId, { values: { displayName: 'Ana', mutedUntil: null } })
    const view = await showCommunity(ana.ctx, { slug })
    expect(view).toMatchObject({ id: communityId, name: 'Pâtisserie', me: { memberId: ana.memberId, role: 'MEMBER', displayName: 'Ana' } })
    expect(view.categories.map(({ name, channels }) => [name, channels.map((channel) => [channel.id, channel.postRefusal])])).toEqual([
      [
        'Entraide',
        [
          [first, 'channel_read_only'],
          [second, null],
        ],
      ],
    ])
    const banned = await world.member(communityId, { values: { bannedAt: new Date() } })
    const stranger = world.ctx({ platform: 'STAM', userId: await world.user('STAM') })
    expect([
      await codeOf(showCommunity(banned.ctx, { slug })),
      await codeOf(showCommunity(stranger, { slug })),
      await codeOf(showCommunity(ana.ctx, { slug: 'nowhere' })),
    ]).toEqual(['chat_banned', 'not_found', 'not_found'])
    expect((await listOwnCommunities(ana.ctx)).communities).toEqual([
      { id: communityId, slug, name: 'Pâtisserie', role: 'MEMBER', unread: 0, firstChannelId: first },
    ])
  })
})
