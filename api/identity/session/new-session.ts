import { stamSessions, weoktoSessions } from '#db/schema/all.ts'
import { SESSION_DAYS } from '#domain/identity/sign-in.ts'
import type { Ctx } from '#api/context.ts'
import { keyedHash, randomToken, sha256Hex } from '#api/crypto.ts'

export interface NewSession {
  /** Goes into the cookie and nowhere else; the row holds its hash. */
  token: string
  row: typeof weoktoSessions.$inferInsert & typeof stamSessions.$inferInsert
}

/** Prepares a session row; the caller inserts it in the same batch as whatever entitles to it. */
export async function newSession(ctx: Ctx, userId: string, scopeCustomerId: string | null = null): Promise<NewSession> {
  const token = randomToken()
  return {
    token,
    row: {
      id: ctx.newId(),
      userId,
      token: await sha256Hex(token),
      createdAt: ctx.now,
      authenticatedAt: ctx.now,
      lastSeenAt: ctx.now,
      expiresAt: new Date(ctx.now.getTime() + SESSION_DAYS * 86_400_000),
      ip: ctx.client.ip,
      userAgent: ctx.client.userAgent,
      visitorHash: await visitorHash(ctx),
      scopeCustomerId,
    },
  }
}

/** Same network and browser on the same day give the same value; it rotates daily and nothing is read from the device. */
export async function visitorHash(ctx: Pick<Ctx, 'client' | 'config' | 'now'>): Promise<string> {
  const day = ctx.now.toISOString().slice(0, 10)
  return keyedHash(ctx.config.FINGERPRINT_SECRET, `${day}|${ctx.client.ip ?? ''}|${ctx.client.userAgent ?? ''}`)
}
