import { Server, routePartykitRequest, type Connection, type ConnectionContext, type WSMessage } from 'partyserver'
import { ROOMS_PATH, type SessionHere, type TicketClaims } from '#domain/community/chat-frames.ts'
import { ChannelRoom, close } from './channel.ts'
import { admit, claimsOf, refuseToSpeak } from './door.ts'
import { asSocket, roomHost, type RoomStorage } from './host.ts'
import { readPublication, type Told } from './protocol.ts'

/** Where a channel's room is; the same on PartyKit. Nothing else is shown to the library, which logs addresses that it does not know. */
const ROOM_PATH = new RegExp(`^${ROOMS_PATH}([1-9]\\d{0,18})$`)

const CLOSED_WITHOUT_CODE = 1005

/** What a Worker that holds rooms has bound: the rooms under the name that their path says, and the secret that opens them. */
export interface RoomsEnv extends Record<string, unknown> {
  Channel: { idFromName(name: string): unknown; get(id: unknown): { publish(publication: Told): Promise<void> } }
  ROOM_SECRET?: unknown
}

/**
 * PartyServer's view of a room: a Durable Object in the API's own Worker, asleep between frames. The library answers whoever asks with the trace of
 * what went wrong, so nothing is thrown to it.
 */
export abstract class PartyServerRoom<Env extends RoomsEnv> extends Server<Env> {
  static override options = { hibernate: true }
  readonly #room: ChannelRoom

  constructor(state: DurableObjectState, env: Env) {
    super(state, env)
    const storage: RoomStorage = state.storage
    this.#room = new ChannelRoom(
      roomHost({
        connections: () => this.getConnections<TicketClaims>(),
        storage,
        settings: env,
        lostRights: (channelId, sessions) => this.lostRights(channelId, sessions),
      }),
    )
  }

  /** Which of these sessions may no longer read the channel; null when that could not be found out. */
  protected abstract lostRights(channelId: string, sessions: readonly SessionHere[]): Promise<readonly string[] | null>

  /** Called by the API through its binding. */
  publish(publication: Told): Promise<void> {
    return this.#room.handle(publication)
  }

  /** The library's own beginning writes to the storage too, and would show a client the trace of what fails there. */
  override async fetch(request: Request): Promise<Response> {
    try {
      await this.__unsafe_ensureInitialized()
    } catch (error) {
      tellLog('room: start', error)
      return unavailable()
    }
    return super.fetch(request)
  }

  override async onConnect(connection: Connection<TicketClaims>, { request }: ConnectionContext): Promise<void> {
    try {
      connection.setState(claimsOf(request.headers))
      await this.#room.enter(asSocket(connection))
    } catch (error) {
      tellLog('room: enter', error)
      connection.close(1011, 'room failed')
    }
  }

  override onMessage(sender: Connection<TicketClaims>, message: WSMessage): void {
    this.#room.onFrame(asSocket(sender), message)
  }

  override onClose(connection: Connection<TicketClaims>, code: number): void {
    this.#room.leave(asSocket(connection))
    // The library answers a closing frame, but takes one without a code for a line that broke, and its sender would wait for two seconds. A line
    // that did break (1006) has nobody to answer: the attempt fails later, where nothing can catch it.
    if (code === CLOSED_WITHOUT_CODE) close(asSocket(connection), 1000, 'closed')
  }

  override onError(connection: Connection<TicketClaims>): void {
    this.#room.leave(asSocket(connection))
  }

  override onAlarm(): Promise<void> {
    return this.#room.check()
  }
}

/** Takes what the API says to the room of a channel. Rejects when the room does not take it. */
export async function tellRoom({ Channel }: RoomsEnv, channelId: string, publication: Told): Promise<void> {
  await Channel.get(Channel.idFromName(channelId)).publish(publication)
}

/** The door of all rooms: null for a request that is for none of them. */
export async function openDoor(request: Request, env: RoomsEnv): Promise<Response | null> {
  const [, channelId] = ROOM_PATH.exec(new URL(request.url).pathname) ?? []
  if (channelId === undefined) return null
  try {
    return await routePartykitRequest(request, env, {
      onBeforeConnect: (asked) => admit(asked, channelId, env.ROOM_SECRET),
      // An API that runs elsewhere, such as on Deno, speaks to its rooms over HTTP.
      onBeforeRequest: (asked) => takePublication(asked, channelId, env),
    })
  } catch (error) {
    tellLog('room: door', error)
    return unavailable()
  }
}

async function takePublication(request: Request, channelId: string, env: RoomsEnv): Promise<Response> {
  const refusal = await refuseToSpeak(request, channelId, env.ROOM_SECRET)
  if (refusal) return refusal
  const publication = await readPublication(request)
  if (!publication) return new Response('bad request', { status: 400 })
  await tellRoom(env, channelId, publication)
  return new Response(null, { status: 204 })
}

const unavailable = (): Response => new Response('unavailable', { status: 503 })

function tellLog(what: string, error: unknown): void {
  console.error(JSON.stringify({ level: 'error', what, message: error instanceof Error ? error.message : String(error) }))
}
