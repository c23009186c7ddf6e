import { and, eq, isNull, sql } from 'drizzle-orm'
import { dbError, must, reloading } from '#db/client.ts'
import { magicLinkTokens, stamSessions, stamUsers, weoktoSessions, weoktoUsers } from '#db/schema/all.ts'
import { AppError } from '#domain/error.ts'
import { decideSignIn, TRIES_PER_NETWORK_HOUR } from '#domain/identity/sign-in.ts'
import type { Ctx } from '#api/context.ts'
import { sameHash, sha256Hex } from '#api/crypto.ts'
import { addressProven } from '#api/identity/session/address-proven.ts'
import { endPrevious } from '#api/identity/session/end-previous.ts'
import { newSession } from '#api/identity/session/new-session.ts'
import { drainSoon } from '#api/outbox/drain-once.ts'
import { countOrRefuse } from '#api/rate-limit.ts'
import { liveMails, matchCode, type LinkRow } from './match-code.ts'

export interface ConfirmSignInInput {
  token?: string | undefined
  email?: string | undefined
  code?: string | undefined
  browserSecret: string | null
  /** The session that this browser had before, ended by the new one. */
  oldToken: string | null
  /** The secret of the checkouts that this browser opened: they are proven with the address. */
  checkoutSecret: string | null
}

/** Turns a proven link or code into a session, exactly once however many redeem it together. */
export async function confirmSignIn(ctx: Ctx, input: ConfirmSignInInput): Promise<{ token: string; next: string }> {
  await countOrRefuse(ctx, [{ key: `try-from:${ctx.client.ip ?? 'unknown'}`, most: TRIES_PER_NETWORK_HOUR }])
  return reloading(async () => {
    const mail = await provenBy(ctx, input)
    return { token: await redeem(ctx, mail, input).catch(refuseBanned), next: mail.nextPath ?? '/' }
  })
}

/** The mail whose link or code was brought. Throws what `decideSignIn` throws. */
async function provenBy(ctx: Ctx, input: ConfirmSignInInput): Promise<LinkRow> {
  const browserHash = input.browserSecret ? await sha256Hex(input.browserSecret) : null
  const mails = await loadMails(ctx, input, browserHash)
  const right = input.code && mails.length > 0 ? await matchCode(ctx, mails, input.code) : null
  const mail = right ?? mails[0] ?? null
  const code = input.code ? (right ? 'right' : 'wrong') : 'none'
  const sameBrowser = sameHash(browserHash, mail?.browserHash ?? null)
  decideSignIn(mail, { hasToken: input.token !== undefined, sameBrowser, code }, ctx.now)
  if (!mail) throw new AppError('link_expired')
  return mail
}

/** The one mail that a link is of; without a link, those that this browser asked for. */
async function loadMails(ctx: Ctx, { token, email }: ConfirmSignInInput, browserHash: string | null): Promise<LinkRow[]> {
  if (token) {
    const mine = and(eq(magicLinkTokens.platform, ctx.platform), eq(magicLinkTokens.purpose, 'sign_in'))
    const which = and(mine, eq(magicLinkTokens.token, await sha256Hex(token)))
    return ctx.db.select().from(magicLinkTokens).where(which).limit(1)
  }
  return email && browserHash ? liveMails(ctx, { email, browserHash, purpose: 'sign_in' }) : []
}

async function redeem(ctx: Ctx, mail: LinkRow, { oldToken, checkoutSecret }: ConfirmSignInInput): Promise<string> {
  const { db } = ctx
  // The person is found or made by e-mail inside the batch, because two first sign-ins can meet.
  const session = await newSession(ctx, '')
  const { scopeCustomerId: _, ...row } = session.row
  const { users, sessions } =
    ctx.platform === 'WEOKTO' ? { users: weoktoUsers, sessions: weoktoSessions } : { users: stamUsers, sessions: stamSessions }
  const unused = and(eq(magicLinkTokens.id, mail.id), isNull(magicLinkTokens.usedAt))
  await db.batch([
    must(db, 'link_unused', db.update(magicLinkTokens).set({ usedAt: ctx.now }).where(unused)),
    must(db, 'person_welcome', welcome(ctx, users, mail.email)),
    // This browser's own first: its windows come back with the new session, those of other browsers do not.
    ...(await endPrevious(ctx, oldToken)),
    ...addressProven(ctx, mail.email, checkoutSecret ? await sha256Hex(checkoutSecret) : null),
    db.insert(sessions).values({ ...row, userId: sql`(select id from ${users} where email = ${mail.email})` }),
  ])
  drainSoon(ctx)
  return session.token
}

/** Somebody's first visit makes their account, each sets when they last came. Nobody who is banned is welcome. */
function welcome(ctx: Ctx, users: typeof weoktoUsers | typeof stamUsers, email: string) {
  const { now } = ctx
  const stamps = { createdAt: now, updatedAt: now, lastLoginAt: now, emailVerifiedAt: now }
  const set = { lastLoginAt: now, updatedAt: now, emailVerifiedAt: sql`coalesce(${users.emailVerifiedAt}, excluded."emailVerifiedAt")` }
  return ctx.db
    .insert(users)
    .values({ id: ctx.newId(), email, authId: ctx.newId(), locale: ctx.locale, ...stamps })
    .onConflictDoUpdate({ target: users.email, set, setWhere: isNull(users.bannedAt) })
}

/** Told only to somebody who has just proven the address; loading again would change nothing. */
function refuseBanned(error: unknown): never {
  throw dbError(error)?.constraint === 'person_welcome' ? new AppError('banned') : error
}
