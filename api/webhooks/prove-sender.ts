import { AppError } from '#domain/error.ts'
import type { Ctx } from '#api/context.ts'
import { sameHash, sha256Hex } from '#api/crypto.ts'

/** Late deliveries are still believed this long after an attempt's end; then its secret is dead. */
const GRACE_MS = 24 * 3_600_000

/** The vault signs nothing: it sends back the secret that we chose for this one attempt. No secret 401, unknown attempt 404, wrong or dead secret 403. Compares hashes in constant time. */
export async function proveSender(
  ctx: Ctx,
  row: { secretHash: string; expiresAt: Date } | null,
  secret: string | undefined,
): Promise<void> {
  if (!secret) throw new AppError('unauthorized')
  if (!row) throw new AppError('not_found')
  const right = sameHash(await sha256Hex(secret.slice(0, 200)), row.secretHash)
  if (!right || row.expiresAt.getTime() + GRACE_MS < ctx.now.getTime()) throw new AppError('forbidden')
}
