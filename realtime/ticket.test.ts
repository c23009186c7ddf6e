import { describe, expect, test } from 'vitest'
import { TICKET_SECONDS } from '#domain/chat-frames.ts'
import { mintPublisher, mintTicket } from '#api/realtime/tokens.ts'
import { verifyPublisher, verifyTicket } from './ticket.ts'

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

  test('is not a right to publish, nor the other way round', async () => {
    const ticket = await mintTicket(holder, SECRET, NOW)
    const publisher = await mintPublisher('12', SECRET, NOW)
    expect(await verifyPublisher(`Bearer ${publisher}`, '12', SECRET, NOW)).toMatchObject({ channel: '12' })
    expect(await verifyPublisher(`Bearer ${publisher}`, '13', SECRET, NOW)).toBeNull()
    expect(await verifyPublisher(publisher, '12', SECRET, NOW)).toBeNull()
    expect(await verifyPublisher(`Bearer ${ticket}`, '12', SECRET, NOW)).toBeNull()
    expect(await verifyTicket(publisher, '12', SECRET, NOW)).toBeNull()
  })
})
