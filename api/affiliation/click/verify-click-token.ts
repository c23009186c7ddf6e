import { jwtVerify } from 'jose/jwt/verify'
import { secretOf } from '#domain/base/key-ring.ts'
import type { Ctx } from '#api/context.ts'
import { hmacKey, ringOf } from '#api/crypto.ts'
import { log } from '#api/log.ts'
import { ClickClaims } from './click-claims.ts'

/** A token far longer than any of ours is not looked at. */
const MOST_CHARACTERS = 1500

/**
 * The claims of a token that this platform signed and that may still bind now; null when it is forged, expired or not one of ours. A bad token
 * never stops a sale: the caller sells without it, and the note says why no affiliate was found.
 */
export async function verifyClickToken({ config, now }: Pick<Ctx, 'config' | 'now'>, token: string | null): Promise<ClickClaims | null> {
  if (!token) return null
  if (token.length > MOST_CHARACTERS) return ignore('too long')
  try {
    const options = { algorithms: ['HS256'], requiredClaims: ['iat', 'exp'], currentDate: now }
    const { payload } = await jwtVerify(token, ({ kid }: { kid?: string }) => keyNamed(config.CLICK_SECRET, kid), options)
    const claims = ClickClaims.safeParse(payload)
    return claims.success ? claims.data : ignore('not a click')
  } catch (error) {
    return ignore(error instanceof Error && 'code' in error ? String(error.code) : 'unreadable')
  }
}

function keyNamed(setting: string, kid: unknown): Promise<CryptoKey> {
  const secret = secretOf(ringOf(setting), kid)
  if (secret === null) throw new UnknownKey()
  return hmacKey(secret)
}

class UnknownKey extends Error {
  readonly code = 'ERR_UNKNOWN_KEY'
}

function ignore(why: string): null {
  log(null, 'click_token_ignored', { level: 'warn', why })
  return null
}
