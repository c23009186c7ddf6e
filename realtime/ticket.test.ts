import { describe, expect, test } from 'vitest'
import { TICKET_SECONDS } from '#domain/community/chat-frames.ts'
import { mintPublisher, mintTicket, provesRoom } from '#api/adapters/rooms/tokens.ts'
import { mintAsker, verifyPublisher, verifyTicket } from './ticket.ts'

const SECRET = 'a-room-secret-of-at-least-32-characters'
const NOW = new Date('2026-11-22T12:00:00.000Z')
const later = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1000)
const holder = { channelId: '12', memberId: 'm1', sessionId: 's1', platform: 'STAM', displayName: 'Ana', isSilent: false } as const

describe('a ticket', () => {
  test('says who comes in, where and from which session', async () => {
    const claims = await verifyTicket(await mintTicket(holder, SECRET, NOW), '12', SECRET, later(30))
    expect(claims).toMatchObject({ sub: 'm1', channel: '12', session: 's1', platform: 'STAM', name: 'Ana', silent: false })
  })

  test('is refused when expired, for another channel, under another secret, altered, absent or overlong', async () => {
    const ticket = await mintTicket(holder, SECRET, NOW)
    const [head = '', body = '', mark = ''] = ticket.split('.')
    const foreign = btoa(atob(body).replace('"m1"', '"m2"')).replaceAll('=', '')
    const none = btoa('{"alg":"none"}').replaceAll('=', '')
    expect(await verifyTicket(ticket, '12', SECRET, later(TICKET_SECONDS + 6))).toBeNull()
    expect(await verifyTicket(ticket, '13', SECRET, NOW)).toBeNull()
    expect(await verifyTicket(ticket, '12', SECRET.replace('a', 'b'), NOW)).toBeNull()
    for (const bad of [`${head}.${foreign}.${mark}`, `${none}.${body}.`, '', null, 'x'.repeat(3000)]) {
      expect(await verifyTicket(bad, '12', SECRET, NOW)).toBeNull()
    }
  })

  test('lets nobody in when the room has no secret', async () => {
    const ticket = await mintTicket(holder, SECRET, NOW)
    for (const secret of [undefined, '', 'short']) expect(await verifyTicket(ticket, '12', secret, NOW)).toBeNull()
  })

  test('is not a right to publish nor to ask, nor any other way round', async () => {
    const ticket = await mintTicket(holder, SECRET, NOW)
    const [publisher, asker] = [await mintPublisher('12', SECRET, NOW), await mintAsker('12', SECRET, NOW)]
    const asks = (token: string, channelId: string) => provesRoom(token, channelId, SECRET, NOW)
    expect(await verifyPublisher(`Bearer ${publisher}`, '12', SECRET, NOW)).toBe(true)
    expect(await asks(`Bearer ${asker}`, '12')).toBe(true)
    expect(await verifyPublisher(`Bearer ${publisher}`, '13', SECRET, NOW)).toBe(false)
    expect(await asks(`Bearer ${asker}`, '13')).toBe(false)
    for (const token of [publisher, `Bearer ${ticket}`, `Bearer ${asker}`, 'Bearer ', null])
      expect(await verifyPublisher(token, '12', SECRET, NOW)).toBe(false)
    for (const token of [asker, `Bearer ${ticket}`, `Bearer ${publisher}`, 'Bearer ']) expect(await asks(token, '12')).toBe(false)
    for (const token of [publisher, asker]) expect(await verifyTicket(token, '12', SECRET, NOW)).toBeNull()
  })

  test('lives through a change of keys: the first one signs, the others verify, and each is read under its own name only', async () => {
    const [old, fresh] = ['o'.repeat(40), 'n'.repeat(40)]
    const [before, after] = [`a:${old}`, `b:${fresh},a:${old}`]
    const made = [mintTicket(holder, before, NOW), mintTicket(holder, after, NOW), mintTicket(holder, fresh, NOW)]
    const [ofOld = '', ofNew = '', unnamed = ''] = await Promise.all(made)
    const reads = async (setting: string) =>
      Promise.all([ofOld, ofNew, unnamed].map(async (ticket) => (await verifyTicket(ticket, '12', setting, NOW)) !== null))
    expect(await reads(after)).toEqual([true, true, false])
    expect(await reads(`b:${fresh}`)).toEqual([false, true, false])
    expect(await reads(`c:${fresh}`)).toEqual([false, false, false])
    for (const [token, setting, holds] of [
      [await mintPublisher('12', before, NOW), after, true],
      [await mintPublisher('12', after, NOW), before, false],
    ] as const)
      expect(await verifyPublisher(`Bearer ${token}`, '12', setting, NOW)).toBe(holds)
    for (const [token, setting, holds] of [
      [await mintAsker('12', before, NOW), after, true],
      [await mintAsker('12', fresh, NOW), after, false],
    ] as const)
      expect(await provesRoom(`Bearer ${token}`, '12', setting, NOW)).toBe(holds)
  })

  test('is one of its own each time', async () => {
    const [one, other] = [await mintTicket(holder, SECRET, NOW), await mintTicket(holder, SECRET, NOW)]
    expect((await verifyTicket(one, '12', SECRET, NOW))?.jti).not.toBe((await verifyTicket(other, '12', SECRET, NOW))?.jti)
  })
})
