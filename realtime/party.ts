import type * as Party from 'partykit/server'
import type { TicketClaims } from '#domain/community/chat-frames.ts'
import { ChannelRoom, close } from './channel.ts'
import { admit, claimsOf, refuseToSpeak } from './door.ts'
import { asSocket, roomHost } from './host.ts'
import { readPublication } from './protocol.ts'
import { askRights } from './rights.ts'

/**
 * PartyKit's view of a room. There is no `onStart` (the first `onConnect` may run before it ends) and no `onCron`
 * (its address is public). Rooms sleep between frames: one that does not loses the clients that come back.
 */
export default class PartyRoom implements Party.Server {
  readonly options = { hibernate: true }
  readonly #room: ChannelRoom

  constructor(party: Party.Room) {
    this.#room = new ChannelRoom(
      roomHost({
        connections: () => party.getConnections<TicketClaims>(),
        storage: party.storage,
        settings: party.env,
        lostRights: (channelId, sessions) => askRights(party.env, channelId, sessions),
      }),
    )
  }

  /** The door. It always answers with a request or a refusal: returning nothing would let everybody in. */
  static onBeforeConnect(request: Party.Request, lobby: Party.Lobby) {
    return admit(request, lobby.id, lobby.env.ROOM_SECRET)
  }

  static async onBeforeRequest(request: Party.Request, lobby: Party.Lobby) {
    return (await refuseToSpeak(request, lobby.id, lobby.env.ROOM_SECRET)) ?? request
  }

  onConnect(connection: Party.Connection<TicketClaims>, { request }: Party.ConnectionContext) {
    connection.setState(claimsOf(request.headers))
    return this.#room.enter(asSocket(connection))
  }

  onMessage(message: string | ArrayBuffer | ArrayBufferView, sender: Party.Connection<TicketClaims>) {
    this.#room.onFrame(asSocket(sender), message)
  }

  onClose(connection: Party.Connection<TicketClaims>) {
    this.#room.leave(asSocket(connection))
    // PartyKit leaves the closing handshake of a sleeping room's socket to us.
    close(asSocket(connection), 1000, 'closed')
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
