import { PUBLISH_AUDIENCE, TICKET_AUDIENCE, ticketClaims, type TicketClaims } from '#domain/community/chat-frames.ts'
import { provesChannel, verified } from '#api/adapters/rooms/tokens.ts'

/**
 * The claims of a reader's ticket, or null when it is not one for this channel: forged, expired, for another channel,
 * made for publishing, or when the room was started without a secret (then nobody comes in).
 */
export async function verifyTicket(token: string | null, channelId: string, secret: unknown, now: Date): Promise<TicketClaims | null> {
  const claims = ticketClaims.safeParse(await verified(token, TICKET_AUDIENCE, secret, now))
  return claims.success && claims.data.channel === channelId ? claims.data : null
}

/** The same for the API's right to publish, taken from an `Authorization: Bearer` header. */
export function verifyPublisher(header: string | null, channelId: string, secret: unknown, now: Date): Promise<boolean> {
  return provesChannel(header, { channelId, audience: PUBLISH_AUDIENCE, secret, now })
}
