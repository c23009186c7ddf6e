import { SignJWT } from 'jose/jwt/sign'
import { jwtVerify } from 'jose/jwt/verify'
import { headerOf, keyRing, secretOf, type KeyRing } from '#domain/base/key-ring.ts'
import { channelClaims, CLOCK_TOLERANCE_SECONDS } from '#domain/community/chat-frames.ts'

/** A longer one is not looked at. */
const MOST_CHARACTERS = 2000

/** What a token is for: nothing else takes it, and it does not last longer. */
export interface Purpose {
  subject: string
  audience: string
  seconds: number
}

/**
 * Signs what one side of a room says to the other, with the first key of `ROOM_SECRET`. Throws when the setting holds none. The API and the rooms
 * share this file, so that neither can sign what the other does not read (docs/decisions/0035).
 */
export async function signToken(
  claims: Record<string, unknown>,
  { subject, audience, seconds }: Purpose,
  secret: string,
  now: Date,
): Promise<string> {
  const ring = keyRing(secret)
  if (!ring) throw new Error('ROOM_SECRET holds no keys.')
  const [key] = ring
  const issuedAt = Math.floor(now.getTime() / 1000)
  return new SignJWT(claims)
    .setProtectedHeader(headerOf(key))
    .setSubject(subject)
    .setAudience(audience)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + seconds)
    .sign(new TextEncoder().encode(key.secret))
}

/** What a token says, or null when it is forged, expired, made for something else, or when there is no secret to check it by. */
export async function readToken(token: string | null, audience: string, secret: unknown, now: Date): Promise<unknown> {
  const ring = keyRing(secret)
  if (!token || token.length > MOST_CHARACTERS || !ring) return null
  try {
    const rules = {
      algorithms: ['HS256'],
      requiredClaims: ['exp', 'iat'],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      audience,
      currentDate: now,
    }
    return (await jwtVerify(token, ({ kid }: { kid?: string }) => keyNamed(ring, kid), rules)).payload
  } catch {
    return null
  }
}

/** Whether an `Authorization: Bearer` header is of the other side, for this one channel. */
export async function provesChannel(
  header: string | null,
  channelId: string,
  audience: string,
  secret: unknown,
  now: Date,
): Promise<boolean> {
  const token = header?.startsWith('Bearer ') ? header.slice('Bearer '.length) : null
  const claims = channelClaims.safeParse(await readToken(token, audience, secret, now))
  return claims.success && claims.data.channel === channelId
}

function keyNamed(ring: KeyRing, kid: unknown): Uint8Array {
  const secret = secretOf(ring, kid)
  if (secret === null) throw new Error('unknown key')
  return new TextEncoder().encode(secret)
}
