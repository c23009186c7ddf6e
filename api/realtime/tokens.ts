import { SignJWT } from 'jose/jwt/sign'
import { PUBLISH_AUDIENCE, PUBLISH_SECONDS, TICKET_AUDIENCE, TICKET_SECONDS } from '#domain/chat-frames.ts'
import type { TicketHolder } from './port.ts'

/** A room keeps the claims with the socket, where space is short. */
const NAME_MAX_LENGTH = 80

/** Signs the right of one person to open one socket in one channel. The other half, the check, lives in `realtime/ticket.ts`. */
export function mintTicket(holder: TicketHolder, secret: string, now: Date): Promise<string> {
  const claims = {
    channel: holder.channelId,
    session: holder.sessionId,
    platform: holder.platform,
    name: holder.displayName?.slice(0, NAME_MAX_LENGTH) ?? null,
    silent: holder.isSilent,
  }
  return sign(claims, TICKET_AUDIENCE, TICKET_SECONDS, secret, now, holder.memberId)
}

/** Signs the API's right to speak in one channel for a moment. */
export function mintPublisher(channelId: string, secret: string, now: Date): Promise<string> {
  return sign({ channel: channelId }, PUBLISH_AUDIENCE, PUBLISH_SECONDS, secret, now, 'api')
}

function sign(
  claims: Record<string, unknown>,
  audience: string,
  seconds: number,
  secret: string,
  now: Date,
  subject: string,
): Promise<string> {
  const issuedAt = Math.floor(now.getTime() / 1000)
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(subject)
    .setAudience(audience)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + seconds)
    .sign(new TextEncoder().encode(secret))
}
