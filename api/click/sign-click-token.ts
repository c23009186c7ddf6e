import { SignJWT } from 'jose/jwt/sign'
import type { ClickClaims } from './click-claims.ts'
import { clickKey } from './click-key.ts'

/** Signs what a click proves, so that it can travel in the visitor's own URL. */
export async function signClickToken(secret: string, { sub, ...claims }: ClickClaims): Promise<string> {
  const token = new SignJWT(claims).setProtectedHeader({ alg: 'HS256' })
  if (sub !== undefined) token.setSubject(sub)
  return token.sign(await clickKey(secret))
}
