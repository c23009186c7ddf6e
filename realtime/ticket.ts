import { jwtVerify } from 'jose/jwt/verify'
import {
  PUBLISH_AUDIENCE,
  TICKET_AUDIENCE,
  publishClaims,
  ticketClaims,
  type PublishClaims,
  type TicketClaims,
} from '#domain/chat-frames.ts'

/** Workers' clocks agree to well under this. */
const CLOCK_TOLERANCE_SECONDS = 5

/**
 * The claims of a reader's ticket, or null when it is not one for this channel: forged, expired, for another channel,
 * made for publishing, or when the room was started without a secret (then nobody comes in).
 */
export async function verifyTicket(token: string | null, channelId: string, secret: unknown, now: Date): Promise<TicketClaims | null> {
  const claims = ticketClaims.safeParse(await verified(token, TICKET_AUDIENCE, secret, now))
  return claims.success && claims.data.channel === channelId ? claims.data : null
}

/** The same for the API's right to publish, taken from an `Authorization: Bearer` header. */
export async function verifyPublisher(header: string | null, channelId: string, secret: unknown, now: Date): Promise<PublishClaims | null> {
  const token = header?.startsWith('Bearer ') ? header.slice('Bearer '.length) : null
  const claims = publishClaims.safeParse(await verified(token, PUBLISH_AUDIENCE, secret, now))
  return claims.success && claims.data.channel === channelId ? claims.data : null
}

async function verified(token: string | null, audience: string, secret: unknown, now: Date): Promise<unknown> {
  if (!token || token.length > 2000 || typeof secret !== 'string' || secret.length < 32) return null
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), {
      algorithms: ['HS256'],
      audience,
      requiredClaims: ['exp', 'iat'],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      currentDate: now,
    })
    return payload
  } catch {
    return null
  }
}
