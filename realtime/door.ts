import { ticketClaims, type TicketClaims } from '#domain/community/chat-frames.ts'
import { verifyPublisher, verifyTicket } from './ticket.ts'

/** Set by the door for the room behind it, on a request of the door's own making: what a client sends under this name goes nowhere. */
const CLAIMS_HEADER = 'x-room-claims'
/** What a room needs of a client's request to open the socket. Everything else would reach the library as an instruction, or be kept. */
const UPGRADE_HEADERS = [
  'upgrade',
  'connection',
  'sec-websocket-key',
  'sec-websocket-version',
  'sec-websocket-extensions',
  'sec-websocket-protocol',
] as const

interface Asked {
  readonly url: string
  readonly method: string
  readonly headers: { get(name: string): string | null }
}

/**
 * Who may open a socket: the request that goes on to the room, or a refusal. The query is left behind: with it the ticket would be kept beside the
 * socket, and a client's `_pk` would name it.
 */
export async function admit(request: Asked, channelId: string, secret: unknown): Promise<Request | Response> {
  const url = new URL(request.url)
  const claims = await verifyTicket(url.searchParams.get('ticket'), channelId, secret, new Date())
  if (!claims) return new Response('ticket invalid', { status: 401 })
  const headers = new Headers({ [CLAIMS_HEADER]: encodeURIComponent(JSON.stringify(claims)) })
  for (const name of UPGRADE_HEADERS) {
    const value = request.headers.get(name)
    if (value !== null) headers.set(name, value)
  }
  return new Request(`${url.origin}${url.pathname}`, { headers })
}

/** Only the API may speak over HTTP; whoever else does is refused here, before a room wakes up for it. Null when it is the API. */
export async function refuseToSpeak(request: Asked, channelId: string, secret: unknown): Promise<Response | null> {
  if (request.method !== 'POST') return new Response('method not allowed', { status: 405, headers: { allow: 'POST' } })
  const isPublisher = await verifyPublisher(request.headers.get('authorization'), channelId, secret, new Date())
  return isPublisher ? null : new Response('unauthorized', { status: 401 })
}

/** What the door wrote into the request. */
export function claimsOf(headers: Asked['headers']): TicketClaims | null {
  const claims = ticketClaims.safeParse(JSON.parse(decodeURIComponent(headers.get(CLAIMS_HEADER) ?? 'null')))
  return claims.success ? claims.data : null
}
