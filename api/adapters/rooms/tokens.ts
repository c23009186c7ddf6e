import { jwtVerify } from 'jose/jwt/verify'
import { SignJWT } from 'jose/jwt/sign'
import { headerOf, keyRing, secretOf, type KeyRing, type RingKey } from '#domain/base/key-ring.ts'
import {
  ASK_AUDIENCE,
  PUBLISH_AUDIENCE,
  PUBLISH_SECONDS,
  ROOM_TOKENS,
  TICKET_AUDIENCE,
  TICKET_SECONDS,
  channelClaims,
} from '#domain/community/chat-frames.ts'
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
  return sign(claims, TICKET_AUDIENCE, TICKET_SECONDS, secret, now, holder.memberId)
}

/** Signs the API's right to speak in one channel for a moment. */
export function mintPublisher(channelId: string, secret: string, now: Date): Promise<string> {
  return sign({ channel: channelId }, PUBLISH_AUDIENCE, PUBLISH_SECONDS, secret, now, 'api')
}

/** Whether an `Authorization` header is that of the room of this channel. */
export async function provesRoom(header: string | null, channelId: string, secret: unknown, now: Date): Promise<boolean> {
  const token = header?.startsWith('Bearer ') ? header.slice('Bearer '.length) : null
  const claims = channelClaims.safeParse(await verified(token, ASK_AUDIENCE, secret, now))
  return claims.success && claims.data.channel === channelId
}

/** What a token says, or null when it is forged, expired, made for something else, or when there is no secret to check it by. */
async function verified(token: string | null, audience: string, secret: unknown, now: Date): Promise<unknown> {
  const { mostCharacters, algorithms, requiredClaims, clockTolerance } = ROOM_TOKENS
  const ring = keyRing(secret)
  if (!token || token.length > mostCharacters || !ring) return null
  try {
    const rules = { algorithms: [...algorithms], requiredClaims: [...requiredClaims], clockTolerance, audience, currentDate: now }
    return (await jwtVerify(token, ({ kid }: { kid?: string }) => keyNamed(ring, kid), rules)).payload
  } catch {
    return null
  }
}

function keyNamed(ring: KeyRing, kid: unknown): Uint8Array {
  const secret = secretOf(ring, kid)
  if (secret === null) throw new Error('unknown key')
  return new TextEncoder().encode(secret)
}

/** The key that signs. */
function newestOf(setting: string): RingKey {
  const ring = keyRing(setting)
  if (!ring) throw new Error('ROOM_SECRET holds no keys.')
  return ring[0]
}

async function sign(
  claims: Record<string, unknown>,
  audience: string,
  seconds: number,
  secret: string,
  now: Date,
  subject: string,
): Promise<string> {
  const key = newestOf(secret)
  const issuedAt = Math.floor(now.getTime() / 1000)
  return new SignJWT(claims)
    .setProtectedHeader(headerOf(key))
    .setSubject(subject)
    .setAudience(audience)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + seconds)
    .sign(new TextEncoder().encode(key.secret))
}
