import { jwtVerify } from 'jose/jwt/verify'
import { SignJWT } from 'jose/jwt/sign'
import * as z from 'zod/mini'
import { clickKey } from './click-key.ts'

const id = z.string().check(z.regex(/^[0-9a-z]{20,32}$/))

const Claims = z.object({
  clickId: id,
  affiliateId: id,
  linkId: id,
  /** Exactly one of the two is there: what the link points at. */
  productId: z.optional(id),
  communityId: z.optional(id),
  /** The affiliate's own mark, as given in the link's `sub`. */
  sub: z.optional(z.string().check(z.maxLength(100))),
  iat: z.int(),
  exp: z.int(),
})

/** What a click proves to the checkout; `iat` and `exp` are seconds since 1970. */
export type ClickClaims = z.infer<typeof Claims>

/** A token far longer than any of ours is not looked at. */
const MOST_CHARACTERS = 1500

/** Signs what a click proves, so that it can travel in the visitor's own URL. */
export async function signClickToken(secret: string, claims: ClickClaims): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(await clickKey(secret))
}

/**
 * The claims of a token that this platform signed and that may still bind at `now`; null when it is forged, expired or not one of ours. A bad
 * token never stops a sale: the caller sells without it, and the note says why no affiliate was found.
 */
export async function verifyClickToken(secret: string, token: string | null | undefined, now: Date): Promise<ClickClaims | null> {
  if (!token) return null
  if (token.length > MOST_CHARACTERS) return refuse('too long')
  try {
    const { payload } = await jwtVerify(token, await clickKey(secret), { algorithms: ['HS256'], requiredClaims: ['iat', 'exp'], currentDate: now })
    const claims = Claims.safeParse(payload)
    return claims.success && (claims.data.productId === undefined) !== (claims.data.communityId === undefined) ? claims.data : refuse('not a click')
  } catch (error) {
    return refuse(error instanceof Error && 'code' in error ? String(error.code) : 'unreadable')
  }
}

function refuse(why: string): null {
  console.warn(JSON.stringify({ level: 'warn', event: 'click_token_ignored', why }))
  return null
}
