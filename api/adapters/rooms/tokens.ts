import { ASK_AUDIENCE, PUBLISH_AUDIENCE, PUBLISH_SECONDS, TICKET_AUDIENCE, TICKET_SECONDS } from '#domain/community/chat-frames.ts'
import { provesChannel, signToken } from '#realtime/tokens.ts'
import { randomToken } from '#api/crypto.ts'
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
    jti: randomToken(12),
  }
  return signToken(claims, { subject: holder.memberId, audience: TICKET_AUDIENCE, seconds: TICKET_SECONDS }, secret, now)
}

/** Signs the API's right to speak in one channel for a moment. */
export function mintPublisher(channelId: string, secret: string, now: Date): Promise<string> {
  return signToken({ channel: channelId }, { subject: 'api', audience: PUBLISH_AUDIENCE, seconds: PUBLISH_SECONDS }, secret, now)
}

/** Whether an `Authorization` header is that of the room of this channel. */
export function provesRoom(header: string | null, channelId: string, secret: unknown, now: Date): Promise<boolean> {
  return provesChannel(header, channelId, ASK_AUDIENCE, secret, now)
}
