import { expect, test } from 'vitest'
import * as z from 'zod'
import { newId } from '#db/id.ts'
import { channels } from '#db/schema/all.ts'
import { CLOSE_CODES, type ServerFrame } from '#domain/community/chat-frames.ts'
import { openSocket, type Person } from '#dev/http-client.ts'
import { buy } from '#dev/testing/buy.ts'
import { makeOffer } from '#dev/testing/people.ts'
import { freshEmail, signIn } from './mails.ts'
import type { Fixtures } from './fixtures.ts'
import { read, refusalOf } from './wire.ts'

const page = z.object({ messages: z.array(z.object({ content: z.string(), seq: z.number() })), lastSeq: z.number() })
const communityList = z.object({ communities: z.array(z.object({ slug: z.string(), firstChannelId: z.string() })) })

/** A community with one channel, and somebody who has just bought their way in. */
async function makeMember(fixtures: Fixtures): Promise<{ member: Person; channelId: string; slug: string }> {
  const offer = await makeOffer(fixtures.t.db)
  const [channel] = await fixtures.t.db
    .insert(channels)
    .values({ communityId: offer.community.id, name: 'Général', slug: 'general', createdBy: 'test', createdAt: new Date() })
    .returning({ id: channels.id })
  const member = fixtures.stam()
  const paid = await buy(member, { buttonKey: offer.button.buttonKey, email: freshEmail('member') })
  expect((await member.post(`/api/checkouts/${paid.id}/enter`, {})).status).toBe(200)
  return { member, channelId: channel?.id ?? '', slug: offer.community.slug }
}

/** What a room says to one browser's open line. */
async function listen(member: Person, channelId: string): Promise<{ frames: ServerFrame[]; url: string }> {
  const { url } = await read(await member.post(`/api/channels/${channelId}/ticket`, {}), z.object({ url: z.string() }))
  const frames: ServerFrame[] = []
  const socket = openSocket(url)
  socket.addEventListener('message', ({ data }) => frames.push(JSON.parse(String(data))))
  await expect.poll(() => frames.length).toBeGreaterThan(0)
  return { frames, url }
}

export function testsOfChat(fixtures: () => Fixtures): void {
  test('whoever bought is in the chat: posts once however often they repeat, and finds it again', async () => {
    const { member, channelId, slug } = await makeMember(fixtures())
    const { communities } = await read(await member.get('/api/communities'), communityList)
    expect(communities).toEqual([{ slug, firstChannelId: channelId }])
    const message = { clientId: newId(), content: 'Bonjour à tous 👋 <b>pas du HTML</b>' }
    const answers = await Promise.all(Array.from({ length: 5 }, () => member.post(`/api/channels/${channelId}/messages`, message)))
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201])
    const history = await read(await member.get(`/api/channels/${channelId}/messages`), page)
    expect(history).toEqual({ messages: [{ content: message.content, seq: 1 }], lastSeq: 1 })
    expect((await member.post(`/api/channels/${channelId}/read`, { seq: 1 })).status).toBe(200)
  })

  test('what one writes stands before the other at once, and whoever signs out is shown out', async () => {
    const { member, channelId } = await makeMember(fixtures())
    const [hers, his] = [await listen(member, channelId), await listen(member, channelId)]
    expect(hers.url).not.toBe(his.url)
    const post = (content: string) => member.post(`/api/channels/${channelId}/messages`, { clientId: newId(), content })
    for (const content of ['un', 'deux']) expect((await post(content)).status).toBe(201)
    for (const { frames } of [hers, his])
      await expect
        .poll(() => frames.flatMap((frame) => (frame.type === 'events' ? frame.events.map(({ message }) => message.content) : [])))
        .toEqual(['un', 'deux'])
    expect((await member.post('/api/sign-out', {})).status).toBe(200)
    for (const { frames } of [hers, his]) await expect.poll(() => frames.at(-1)).toEqual({ type: 'bye', code: CLOSE_CODES.ACCESS_LOST })
  })

  test('a stranger does not learn that a channel exists', async () => {
    const { channelId, slug } = await makeMember(fixtures())
    const stranger = await signIn(fixtures(), fixtures().stam(), freshEmail('stranger'))
    const paths = [
      ['GET', `channels/${channelId}/messages`],
      ['GET', `channels/${channelId}/events?after=0`],
      ['POST', `channels/${channelId}/ticket`],
      ['GET', `communities/${slug}`],
    ] as const
    for (const [method, path] of paths) {
      for (const [person, status, code] of [
        [stranger, 404, 'not_found'],
        [fixtures().stam(), 401, 'unauthorized'],
      ] as const) {
        const answer = await person.fetch(`/api/${path}`, { method })
        expect([path, ...(await refusalOf(answer))]).toEqual([path, status, code])
      }
    }
  })
}
