import { SignJWT } from 'jose/jwt/sign'
import { jwtVerify } from 'jose/jwt/verify'
import { headerOf, keyRing, secretOf, type KeyRing, type RingKey } from '#domain/base/key-ring.ts'
import {
  ASK_AUDIENCE,
  ASK_SECONDS,
  PUBLISH_AUDIENCE,
  ROOM_TOKENS,
  TICKET_AUDIENCE,
  channelClaims,
  ticketClaims,
  type TicketClaims,
} from '#domain/community/chat-frames.ts'

/**
 * The claims of a reader's ticket, or null when it is not one for this channel: forged, expired, for another channel,
 * made for publishing, or when the room was started without a secret (then nobody comes in).
 */
export async function verifyTicket(token: string | null, channelId: string, secret: unknown, now: Date): Promise<TicketClaims | null> {
  const claims = ticketClaims.safeParse(await verified(token, TICKET_AUDIENCE, secret, now))
  return claims.success && claims.data.channel === channelId ? claims.data : null
}

/** The same for the API's right to publish, taken from an `Authorization: Bearer` header. */
export async function verifyPublisher(header: string | null, channelId: string, secret: unknown, now: Date): Promise<boolean> {
  const token = header?.startsWith('Bearer ') ? header.slice('Bearer '.length) : null
  const claims = channelClaims.safeParse(await verified(token, PUBLISH_AUDIENCE, secret, now))
  return claims.success && claims.data.channel === channelId
}

/** Signs the right of a channel's room to ask the API about those in it. */
export async function mintAsker(channelId: string, secret: string, now: Date): Promise<string> {
  const key = newestOf(secret)
  const issuedAt = Math.floor(now.getTime() / 1000)
  return new SignJWT({ channel: channelId })
    .setProtectedHeader(headerOf(key))
    .setSubject('room')
    .setAudience(ASK_AUDIENCE)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + ASK_SECONDS)
    .sign(new TextEncoder().encode(key.secret))
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
