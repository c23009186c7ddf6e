import type * as Party from 'partykit/server'
import { RIGHTS_EVERY_MS, ticketClaims, type TicketClaims } from '#domain/community/chat-frames.ts'
import { ChannelRoom, type RoomSocket } from './channel.ts'
import { readPublication } from './protocol.ts'
import { askRights } from './rights.ts'
import { verifyPublisher, verifyTicket } from './ticket.ts'

/** Set by the door below and overwritten there, so a client cannot bring its own. */
const CLAIMS_HEADER = 'x-room-claims'
/** The most keys that the storage deletes in one call. */
const DELETED_AT_ONCE = 128

/** A deployment may ask more often; tests do not wait for five minutes. */
const checkEveryMs = (env: Record<string, unknown>): number => Number(env['RIGHTS_EVERY_MS']) || RIGHTS_EVERY_MS

/**
 * PartyKit's view of a room. There is no `onStart` (the first `onConnect` may run before it ends) and no `onCron`
 * (its address is public). Rooms sleep between frames: one that does not loses the clients that come back.
 */
export default class PartyRoom implements Party.Server {
  readonly options = { hibernate: true }
  readonly #room: ChannelRoom

  constructor(party: Party.Room) {
    this.#room = new ChannelRoom({
      *sockets() {
        for (const connection of party.getConnections<TicketClaims>()) yield asSocket(connection)
      },
      now: () => Date.now(),
      after: (ms, work) => void setTimeout(work, ms),
      async checkLater() {
        if ((await party.storage.getAlarm()) === null) await party.storage.setAlarm(Date.now() + checkEveryMs(party.env))
      },
      lostRights: (channelId, sessions) => askRights(party.env, channelId, sessions),
      memory: {
        get: (key) => party.storage.get<number>(key),
        put: (key, value) => party.storage.put(key, value),
        async forgetBelow(prefix, value) {
          for (;;) {
            const kept = await party.storage.list<number>({ prefix, limit: DELETED_AT_ONCE })
            const old = [...kept].filter(([, at]) => at < value).map(([key]) => key)
            if (old.length > 0) await party.storage.delete(old)
            if (old.length < DELETED_AT_ONCE) return
          }
        },
      },
    })
  }

  /** The door. It always answers with a request or a refusal: returning nothing would let everybody in. */
  static async onBeforeConnect(request: Party.Request, lobby: Party.Lobby) {
    const url = new URL(request.url)
    const claims = await verifyTicket(url.searchParams.get('ticket'), lobby.id, lobby.env.ROOM_SECRET, new Date())
    if (!claims) return new Response('ticket invalid', { status: 401 })
    // The query goes: with it the ticket would be kept beside the socket, and a client's `_pk` would name it.
    const onward = new Request(`${url.origin}${url.pathname}`, { headers: [...request.headers] })
    onward.headers.set(CLAIMS_HEADER, encodeURIComponent(JSON.stringify(claims)))
    return onward
  }

  /** Only the API may speak over HTTP; it is refused here, before a room wakes up for it. */
  static async onBeforeRequest(request: Party.Request, lobby: Party.Lobby) {
    if (request.method !== 'POST') return new Response('method not allowed', { status: 405, headers: { allow: 'POST' } })
    const isPublisher = await verifyPublisher(request.headers.get('authorization'), lobby.id, lobby.env.ROOM_SECRET, new Date())
    return isPublisher ? request : new Response('unauthorized', { status: 401 })
  }

  onConnect(connection: Party.Connection<TicketClaims>, { request }: Party.ConnectionContext) {
    const claims = ticketClaims.safeParse(JSON.parse(decodeURIComponent(request.headers.get(CLAIMS_HEADER) ?? 'null')))
    if (claims.success) connection.setState(claims.data)
    return this.#room.enter(asSocket(connection))
  }

  onMessage(message: string | ArrayBuffer | ArrayBufferView, sender: Party.Connection<TicketClaims>) {
    this.#room.hear(asSocket(sender), message)
  }

  onClose(connection: Party.Connection<TicketClaims>) {
    this.#room.leave(asSocket(connection))
  }

  onError(connection: Party.Connection<TicketClaims>) {
    this.#room.leave(asSocket(connection))
  }

  /** The room's name cannot be read here, so the tickets of those present say which channel it is. */
  onAlarm() {
    return this.#room.check()
  }

  async onRequest(request: Party.Request) {
    const publication = await readPublication(request)
    if (!publication) return new Response('bad request', { status: 400 })
    await this.#room.handle(publication)
    return new Response(null, { status: 204 })
  }
}

function asSocket(connection: Party.Connection<TicketClaims>): RoomSocket {
  return {
    id: connection.id,
    claims: connection.state,
    send: (text) => connection.send(text),
    close: (code, reason) => connection.close(code, reason),
  }
}
