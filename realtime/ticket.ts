import {
  ASK_AUDIENCE,
  ASK_SECONDS,
  PUBLISH_AUDIENCE,
  TICKET_AUDIENCE,
  ticketClaims,
  type TicketClaims,
} from '#domain/community/chat-frames.ts'
import { provesChannel, readToken, signToken } from './tokens.ts'

/**
 * The claims of a reader's ticket, or null when it is not one for this channel: forged, expired, for another channel,
 * made for publishing, or when the room was started without a secret (then nobody comes in).
 */
export async function verifyTicket(token: string | null, channelId: string, secret: unknown, now: Date): Promise<TicketClaims | null> {
  const claims = ticketClaims.safeParse(await readToken(token, TICKET_AUDIENCE, secret, now))
  return claims.success && claims.data.channel === channelId ? claims.data : null
}

/** Whether an `Authorization` header is the API's right to publish in this channel. */
export function verifyPublisher(header: string | null, channelId: string, secret: unknown, now: Date): Promise<boolean> {
  return provesChannel(header, channelId, PUBLISH_AUDIENCE, secret, now)
}

/** Signs the right of a channel's room to ask the API about those in it. */
export function mintAsker(channelId: string, secret: string, now: Date): Promise<string> {
  return signToken({ channel: channelId }, { subject: 'room', audience: ASK_AUDIENCE, seconds: ASK_SECONDS }, secret, now)
}
