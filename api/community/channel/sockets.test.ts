import { createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '#db/id.ts'
import { channels, communityMembers, stamSessions, weoktoSessions } from '#db/schema/all.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import type { Platform } from '#domain/base/enums.ts'
import { CLOSE_CODES, RIGHTS_AT_ONCE, type ServerFrame, type SessionHere } from '#domain/community/chat-frames.ts'
import { mintAsker } from '#realtime/ticket.ts'
import { httpRooms } from '#api/adapters/rooms/over-http.ts'
import { mintPublisher, mintTicket } from '#api/adapters/rooms/tokens.ts'
import { randomToken, sha256Hex } from '#api/crypto.ts'
import { listen as listenOn } from '#dev/environment/free-ports.ts'
import { Person, request } from '#dev/http-client.ts'
import { unaskedAddress } from '#dev/testing/addresses.ts'
import { buy } from '#dev/testing/buy.ts'
import { makeClient, makeCommunity, makeOffer, makePerson } from '#dev/testing/people.ts'
import { ROOM_HOSTS, startTestRooms, type TestRooms } from '#dev/testing/rooms.ts'
import { startSite, type Site } from '#dev/testing/site.ts'

let t: TestDatabase
let site: Site
let rooms: TestRooms
const SECRET = 'rooms-of-these-tests-have-a-secret-of-their-own'
/** How often a room has asked the API about those in it. */
let questions = 0
/** A room whose secret the API does not know gets no answer. */
let answersRooms = false

beforeAll(async () => {
  t = await testDatabase()
  site = await startSite(t)
  const { config } = site.services
  // PartyKit's runtime resolves no name below "localhost".
  config.STAM_HOSTS.push('localhost')
  Object.defineProperty(config, 'ROOM_SECRET', {
    get() {
      questions += 1
      return answersRooms ? SECRET : 'another-secret-of-at-least-32-characters'
    },
  })
})
beforeEach(async () => {
  answersRooms = false
  await t.admin('delete from outbox')
})
afterAll(async () => {
  await site.stop()
  await t.close()
})

async function makeChannel(communityId: string, slug = newId()): Promise<string> {
  const [row] = await t.db
    .insert(channels)
    .values({ communityId, name: 'Général', slug, createdBy: 'test', createdAt: new Date() })
    .returning({ id: channels.id })
  return row?.id ?? ''
}

async function join(communityId: string, platform: Platform, userId: string, email: string): Promise<string> {
  const id = newId()
  const now = new Date()
  const whose = platform === 'STAM' ? { stamUserId: userId } : { weoktoUserId: userId }
  await t.db.insert(communityMembers).values({ id, communityId, platform, email, joinedAt: now, createdAt: now, updatedAt: now, ...whose })
  return id
}

/** A browser in which somebody is signed in. */
async function browserOf(platform: Platform, userId: string): Promise<Person & { sessionId: string }> {
  const { WEOKTO_ORIGIN, STAM_ORIGIN } = site.services.config
  const browser = new Person(platform === 'WEOKTO' ? WEOKTO_ORIGIN : STAM_ORIGIN)
  const [id, token, now] = [newId(), randomToken(), new Date()]
  const row = { id, userId, token: await sha256Hex(token), createdAt: now, authenticatedAt: now, lastSeenAt: now }
  await t.db
    .insert(platform === 'WEOKTO' ? weoktoSessions : stamSessions)
    .values({ ...row, expiresAt: new Date(now.getTime() + 3_600_000) })
  browser.cookies.set('session', token)
  return Object.assign(browser, { sessionId: id })
}

async function member(communityId?: string) {
  const community = communityId ?? (await makeCommunity(t.db)).id
  const user = await makeClient(t.db)
  const memberId = await join(community, 'STAM', user.id, user.email)
  return { user, memberId, communityId: community, browser: await browserOf('STAM', user.id) }
}

/** A line from a browser to a channel, opened as the page opens it. */
async function listen(browser: Person, channelId: string) {
  const asked = await browser.post(`/api/channels/${channelId}/ticket`, {})
  if (asked.status !== 200) throw new Error(`No ticket: ${asked.status} ${await asked.text()}`)
  const { url } = (await asked.json()) as { url: string }
  const line = { bye: 0, isIn: false, socket: new WebSocket(url) }
  line.socket.addEventListener('message', ({ data }) => {
    const frame: ServerFrame = JSON.parse(String(data))
    if (frame.type === 'bye') line.bye = frame.code
    else line.isIn = true
  })
  await until(() => line.isIn)
  return line
}

async function until(isSo: () => boolean): Promise<void> {
  const end = Date.now() + 20_000
  while (!isSo() && Date.now() < end) await sleep(10)
}

const openRows = () => t.admin<{ attempts: number }>(`select attempts from outbox where kind = 'close-sockets' and "sentAt" is null`)

/** Every room has heard: at once, or, on a machine that is too busy to answer in time, when it was told again. */
async function allTold(): Promise<void> {
  await site.services.runtime.settled()
  for (let tries = 0; tries < 8 && (await openRows()).length > 0; tries += 1) {
    await t.admin(`update outbox set "nextAttemptAt" = now() - interval '1 minute' where "sentAt" is null`)
    await site.cron('*/5 * * * *', new Date())
  }
  expect(await openRows()).toEqual([])
}

describe.each(ROOM_HOSTS)('rooms on %s', (on) => {
  const openRooms = async (checkEveryMs?: number) => {
    const apiOrigin = `http://localhost:${new URL(site.services.config.STAM_ORIGIN).port}`
    const { databaseUrl, httpEndpoint } = t
    rooms = await startTestRooms(on, { apiOrigin, databaseUrl, httpEndpoint, secret: SECRET, ...(checkEveryMs && { checkEveryMs }) })
    site.services.ports.rooms = httpRooms(rooms)
  }

  describe('what ends a session closes its sockets', () => {
    // None of these rooms asks by itself while a test lasts: what they do is what they were told.
    beforeAll(() => openRooms())
    afterAll(() => rooms.close())

    test('signing out: in this browser, not in the person’s other one', async () => {
      const { user, communityId, browser } = await member()
      const channelId = await makeChannel(communityId)
      const other = await browserOf('STAM', user.id)
      const [here, there] = [await listen(browser, channelId), await listen(other, channelId)]
      expect((await browser.post('/api/sign-out', {})).status).toBe(200)
      await allTold()
      await until(() => here.bye !== 0)
      expect([here.bye, there.bye]).toEqual([CLOSE_CODES.ACCESS_LOST, 0])
    })

    test('ending the session of another browser', async () => {
      const { user, communityId, browser } = await member()
      const channelId = await makeChannel(communityId)
      const phone = await browserOf('STAM', user.id)
      const [here, there] = [await listen(browser, channelId), await listen(phone, channelId)]
      expect((await browser.fetch(`/api/sessions/${phone.sessionId}`, { method: 'DELETE' })).status).toBe(200)
      await allTold()
      await until(() => there.bye !== 0)
      expect([here.bye, there.bye]).toEqual([0, CLOSE_CODES.ACCESS_LOST])
    })

    test('a room that did not answer hears of it later', async () => {
      const { communityId, browser } = await member()
      const line = await listen(browser, await makeChannel(communityId))
      const { ports } = site.services
      const reachable = ports.rooms
      ports.rooms = httpRooms({ origin: 'http://127.0.0.1:9', secret: SECRET })
      await browser.post('/api/sign-out', {})
      await site.services.runtime.settled()
      ports.rooms = reachable
      expect([line.bye, await openRows()]).toEqual([0, [{ attempts: 1 }]])
      await allTold()
      await until(() => line.bye !== 0)
      expect(line.bye).toBe(CLOSE_CODES.ACCESS_LOST)
    })

    test('somebody in more channels than one row tells is shown out of each', async () => {
      const { communityId, browser } = await member()
      const made = await t.admin<{ id: string }>(
        `insert into channels ("communityId", name, slug, "createdBy", "createdAt")
        select $1, 'n', 'n' || n, 'test', now() from generate_series(1, 510) n returning id::text`,
        [communityId],
      )
      const told = new Set<string>()
      const counter = createServer((asked, reply) => {
        told.add(asked.url?.split('/').at(-1) ?? '')
        asked.resume().on('end', () => reply.writeHead(204).end())
      })
      const { ports } = site.services
      const real = ports.rooms
      ports.rooms = httpRooms({ origin: `http://127.0.0.1:${await listenOn(counter, 0)}`, secret: SECRET })
      await browser.post('/api/sign-out', {})
      await allTold()
      ports.rooms = real
      await new Promise((resolve) => counter.close(resolve))
      expect([...told].toSorted()).toEqual(made.map(({ id }) => id).toSorted())
    })

    test('proving an address: whoever bought under it without doing so is out, and the owner’s own tab comes back', async () => {
      const offer = await makeOffer(t.db)
      const channelId = await makeChannel(offer.community.id)
      const email = await unaskedAddress(newId(), site.services.config.CODE_SECRET)
      const buyer = site.stam()
      const paid = await buy(buyer, { buttonKey: offer.button.buttonKey, email })
      expect((await buyer.post(`/api/checkouts/${paid.id}/enter`, {})).status).toBe(200)
      const stranger = await listen(buyer, channelId)
      const owner = site.stam()
      const confirm = async () => {
        const before = site.mailbox.mails.list(email).length
        await t.admin('delete from rate_limits')
        expect((await owner.post('/api/sign-in', { email })).status).toBe(202)
        await expect.poll(() => site.mailbox.mails.list(email).length, { timeout: 20_000 }).toBeGreaterThan(before)
        const [, token = ''] = /#token=([\w-]+)/.exec(site.mailbox.mails.list(email)[0]?.html ?? '') ?? []
        expect((await owner.post('/api/sign-in/confirm', { token })).status).toBe(200)
      }
      await confirm()
      await allTold()
      await until(() => stranger.bye !== 0)
      expect(stranger.bye).toBe(CLOSE_CODES.ACCESS_LOST)
      const tab = await listen(owner, channelId)
      await confirm()
      await allTold()
      await until(() => tab.bye !== 0)
      expect(tab.bye).toBe(CLOSE_CODES.TICKET_INVALID)
      expect((await listen(owner, channelId)).isIn).toBe(true)
    })
  })

  describe('a room asks by itself', () => {
    beforeAll(() => openRooms(500))
    afterAll(() => rooms.close())

    test('a room closes whoever may not be there any more, by itself; silence changes nothing', async () => {
      const communityId = (await makeCommunity(t.db)).id
      const channelId = await makeChannel(communityId)
      const [ana, bo, cy] = [await member(communityId), await member(communityId), await member(communityId)]
      const lines = [await listen(ana.browser, channelId), await listen(bo.browser, channelId), await listen(cy.browser, channelId)]
      await t.admin(`update stam_sessions set "expiresAt" = now() - interval '1 second' where id = $1`, [ana.browser.sessionId])
      await t.admin(`update stam_users set "bannedAt" = now() where id = $1`, [bo.user.id])
      // One in the API's own Worker asks the database; what it makes of that one's silence is tested beside `answerRoom`.
      if (on === 'PartyKit') {
        const before = questions
        await until(() => questions >= before + 2)
        expect(lines.map(({ bye }) => bye)).toEqual([0, 0, 0])
      }
      answersRooms = true
      await until(() => lines[0]?.bye !== 0 && lines[1]?.bye !== 0)
      expect(lines.map(({ bye }) => bye)).toEqual([CLOSE_CODES.TICKET_INVALID, CLOSE_CODES.TICKET_INVALID, 0])
      // It goes on asking about those who stay.
      await t.admin(`update community_members set "bannedAt" = now() where id = $1`, [cy.memberId])
      await until(() => lines[2]?.bye !== 0)
      expect(lines[2]?.bye).toBe(CLOSE_CODES.TICKET_INVALID)
    })
  })
})

describe('a room that stands elsewhere asks over HTTP', () => {
  const asks = async (channelId: string, sessions: SessionHere[], token?: string) => {
    const bearer = token ?? (await mintAsker(channelId, SECRET, new Date()))
    return request(`${site.services.config.STAM_ORIGIN}/webhooks/rooms/${channelId}/rights`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
      body: JSON.stringify({ sessions }),
    })
  }

  test('the answer is the rule for reading, asked of each session as it is now', async () => {
    answersRooms = true
    const offer = await makeOffer(t.db)
    const communityId = offer.community.id
    const channelId = await makeChannel(communityId)
    const [reader, banned, chatBanned] = [await member(communityId), await member(communityId), await member(communityId)]
    const [stranger, admin, affiliate] = [await makeClient(t.db), await makePerson(t.db, { userType: 'ADMIN' }), await makePerson(t.db)]
    await t.admin(`update stam_users set "bannedAt" = now() where id = $1`, [banned.user.id])
    await t.admin(`update community_members set "bannedAt" = now() where id = $1`, [chatBanned.memberId])
    const buyer = site.stam()
    const email = await unaskedAddress(newId(), site.services.config.CODE_SECRET)
    const paid = await buy(buyer, { buttonKey: offer.button.buttonKey, email })
    await buyer.post(`/api/checkouts/${paid.id}/enter`, {})
    const [scoped] = await t.admin<{ id: string }>(
      `select id from stam_sessions where "scopeCustomerId" is not null order by "createdAt" desc`,
    )
    const session = async (platform: Platform, userId: string) => ({ id: (await browserOf(platform, userId)).sessionId, platform })
    const stays = [
      { id: reader.browser.sessionId, platform: 'STAM' as const },
      { id: scoped?.id ?? '', platform: 'STAM' as const },
      await session('WEOKTO', admin.id),
    ]
    const goes = [
      { id: banned.browser.sessionId, platform: 'STAM' as const },
      { id: chatBanned.browser.sessionId, platform: 'STAM' as const },
      { id: newId(), platform: 'STAM' as const },
      { id: reader.browser.sessionId, platform: 'WEOKTO' as const },
      await session('STAM', stranger.id),
      await session('WEOKTO', affiliate.id),
    ]
    const answer = await asks(channelId, [...stays, ...goes])
    expect(answer.status).toBe(200)
    // One id that is asked about under a wrong site is still somebody's under the right one.
    expect(await answer.json()).toEqual({ lost: goes.filter(({ id }) => id !== reader.browser.sessionId).map(({ id }) => id) })
    await t.admin(`update customers set status = 'EXPIRED' where id = (select "scopeCustomerId" from stam_sessions where id = $1)`, [
      scoped?.id,
    ])
    expect(await (await asks(channelId, stays)).json()).toEqual({ lost: [scoped?.id] })
  })

  test('only a room may ask, about its own channel, and not about more than it may hold at once', async () => {
    answersRooms = true
    const channelId = await makeChannel((await makeCommunity(t.db)).id)
    const now = new Date()
    const holder = { channelId, memberId: 'm', sessionId: 's', platform: 'STAM', displayName: null, isSilent: false } as const
    const wrong = [
      '',
      await mintPublisher(channelId, SECRET, now),
      await mintTicket(holder, SECRET, now),
      await mintAsker('999999', SECRET, now),
      await mintAsker(channelId, `${SECRET}x`, now),
      await mintAsker(channelId, SECRET, new Date(now.getTime() - 120_000)),
    ]
    for (const token of wrong) expect((await asks(channelId, [], token)).status).toBe(401)
    const many = Array.from({ length: RIGHTS_AT_ONCE + 1 }, () => ({ id: newId(), platform: 'STAM' as const }))
    expect((await asks(channelId, many)).status).toBe(400)
    expect(await (await asks(channelId, many.slice(1))).json()).toEqual({ lost: many.slice(1).map(({ id }) => id) })
    expect(await (await asks(channelId, [])).json()).toEqual({ lost: [] })
  })
})
