import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm'
import { dbError, must, reloading } from '#db/client.ts'
import { magicLinkTokens, stamSessions, stamUsers, weoktoSessions, weoktoUsers } from '#db/schema/all.ts'
import { AppError } from '#domain/error.ts'
import { decideSignIn, TRIES_PER_NETWORK_HOUR, type SignInProof } from '#domain/sign-in.ts'
import type { Ctx } from '#api/context.ts'
import { sameHash, sha256Hex } from '#api/http/secrets.ts'
import { endUnproven } from '#api/session/end-unproven.ts'
import { newSession } from '#api/session/new-session.ts'
import { countTry } from './count-try.ts'
import { codeHash } from './issue-link.ts'
import { countOrRefuse } from './limit.ts'

export interface ConfirmSignInInput {
  token?: string | undefined
  email?: string | undefined
  code?: string | undefined
  browserSecret: string | null
  /** The session that this browser had before, ended by the new one. */
  oldToken: string | null
}

/** Turns a proven link or code into a session, exactly once however many redeem it together. */
export async function confirmSignIn(ctx: Ctx, input: ConfirmSignInInput): Promise<{ token: string; next: string }> {
  await countOrRefuse(ctx, [{ key: `try-from:${ctx.client.ip ?? 'unknown'}`, most: TRIES_PER_NETWORK_HOUR }])
  return reloading(async () => {
    const row = await loadLink(ctx, input)
    decideSignIn(row, await weigh(ctx, row, input), ctx.now)
    if (!row) throw new AppError('link_expired')
    return { token: await redeem(ctx, row, input.oldToken).catch(refuseBanned), next: row.nextPath ?? '/' }
  })
}

type LinkRow = typeof magicLinkTokens.$inferSelect

async function loadLink(ctx: Ctx, input: ConfirmSignInInput): Promise<LinkRow | null> {
  const mine = and(eq(magicLinkTokens.platform, ctx.platform), eq(magicLinkTokens.purpose, 'sign_in'))
  const which = input.token
    ? eq(magicLinkTokens.token, await sha256Hex(input.token))
    : input.email && input.browserSecret
      ? and(
          eq(magicLinkTokens.email, input.email),
          eq(magicLinkTokens.browserHash, await sha256Hex(input.browserSecret)),
          isNull(magicLinkTokens.usedAt),
          gt(magicLinkTokens.expiresAt, ctx.now),
        )
      : null
  if (!which) return null
  const [row] = await ctx.db.select().from(magicLinkTokens).where(and(mine, which)).orderBy(desc(magicLinkTokens.createdAt)).limit(1)
  return row ?? null
}

async function weigh(ctx: Ctx, row: LinkRow | null, input: ConfirmSignInInput): Promise<SignInProof> {
  if (!row) return { hasToken: false, sameBrowser: false, code: 'none' }
  const browser = input.browserSecret ? await sha256Hex(input.browserSecret) : null
  if (input.code) await countTry(ctx, row.id)
  const code = input.code ? (sameHash(await codeHash(ctx, row.id, input.code), row.codeHash) ? 'right' : 'wrong') : 'none'
  return { hasToken: input.token !== undefined, sameBrowser: sameHash(browser, row.browserHash), code }
}

async function redeem(ctx: Ctx, link: LinkRow, oldToken: string | null): Promise<string> {
  const use = must(
    ctx.db,
    'link_unused',
    ctx.db
      .update(magicLinkTokens)
      .set({ usedAt: ctx.now })
      .where(and(eq(magicLinkTokens.id, link.id), isNull(magicLinkTokens.usedAt))),
  )
  const oldHash = oldToken ? await sha256Hex(oldToken) : ''
  // The person is found or made by e-mail inside the batch, because two first sign-ins can meet.
  const session = await newSession(ctx, '')
  const { scopeCustomerId: _, ...row } = session.row
  const person = {
    id: ctx.newId(),
    email: link.email,
    authId: ctx.newId(),
    locale: ctx.locale,
    emailVerifiedAt: ctx.now,
    createdAt: ctx.now,
    updatedAt: ctx.now,
    lastLoginAt: ctx.now,
  }
  if (ctx.platform === 'WEOKTO') {
    const set = {
      lastLoginAt: ctx.now,
      updatedAt: ctx.now,
      emailVerifiedAt: sql`coalesce(${weoktoUsers.emailVerifiedAt}, excluded."emailVerifiedAt")`,
    }
    await ctx.db.batch([
      use,
      must(
        ctx.db,
        'person_welcome',
        ctx.db
          .insert(weoktoUsers)
          .values(person)
          .onConflictDoUpdate({ target: weoktoUsers.email, set, setWhere: isNull(weoktoUsers.bannedAt) }),
      ),
      ctx.db.insert(weoktoSessions).values({ ...row, userId: sql`(select id from ${weoktoUsers} where email = ${link.email})` }),
      ctx.db.delete(weoktoSessions).where(eq(weoktoSessions.token, oldHash)),
    ])
  } else {
    const set = {
      lastLoginAt: ctx.now,
      updatedAt: ctx.now,
      emailVerifiedAt: sql`coalesce(${stamUsers.emailVerifiedAt}, excluded."emailVerifiedAt")`,
    }
    await ctx.db.batch([
      use,
      must(
        ctx.db,
        'person_welcome',
        ctx.db
          .insert(stamUsers)
          .values(person)
          .onConflictDoUpdate({ target: stamUsers.email, set, setWhere: isNull(stamUsers.bannedAt) }),
      ),
      endUnproven(ctx.db, sql`(select id from ${stamUsers} where email = ${link.email})`),
      ctx.db.insert(stamSessions).values({ ...row, userId: sql`(select id from ${stamUsers} where email = ${link.email})` }),
      ctx.db.delete(stamSessions).where(eq(stamSessions.token, oldHash)),
    ])
  }
  return session.token
}

/** Told only to somebody who has just proven the address; loading again would change nothing. */
function refuseBanned(error: unknown): never {
  throw dbError(error)?.constraint === 'person_welcome' ? new AppError('banned') : error
}
