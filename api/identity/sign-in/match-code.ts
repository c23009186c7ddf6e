import { and, desc, eq, gt, inArray, isNull, lt, sql } from 'drizzle-orm'
import { magicLinkTokens } from '#db/schema/all.ts'
import { AppError } from '#domain/error.ts'
import { MAX_CODE_TRIES } from '#domain/identity/sign-in.ts'
import type { Ctx } from '#api/context.ts'
import { sameHash } from '#api/crypto.ts'
import { codeHash, type IssueLink } from './issue-link.ts'

export type LinkRow = typeof magicLinkTokens.$inferSelect

/** More than one browser is ever sent while a code lives. */
const MOST_MAILS = 20

/** The mails that one browser asked for and may still use, the newest first. */
export function liveMails(
  ctx: Ctx,
  { email, browserHash, purpose }: Pick<IssueLink, 'email' | 'browserHash' | 'purpose'>,
): Promise<LinkRow[]> {
  return ctx.db
    .select()
    .from(magicLinkTokens)
    .where(
      and(
        eq(magicLinkTokens.email, email),
        eq(magicLinkTokens.platform, ctx.platform),
        eq(magicLinkTokens.purpose, purpose),
        eq(magicLinkTokens.browserHash, browserHash),
        isNull(magicLinkTokens.usedAt),
        gt(magicLinkTokens.expiresAt, ctx.now),
      ),
    )
    .orderBy(desc(magicLinkTokens.createdAt))
    .limit(MOST_MAILS)
}

/**
 * Finds the mail that a typed code is of: an earlier one serves as well as the newest, because mails overtake each other. A guess is one try of
 * each mail it is held against, so that asking for more mails buys no more guesses. Throws `link_expired` when none of them bears another.
 */
export async function matchCode(ctx: Ctx, mails: readonly LinkRow[], code: string): Promise<LinkRow | null> {
  const counted = await countTries(
    ctx,
    mails.map(({ id }) => id),
  )
  for (const mail of mails) {
    if (counted.has(mail.id) && sameHash(await codeHash(ctx, mail.id, code), mail.codeHash)) return mail
  }
  return null
}

/**
 * Takes one of the tries that a code bears, before the code is looked at: guesses that arrive together, from however many networks, get no more
 * of them than guesses one after the other.
 */
async function countTries(ctx: Ctx, ids: string[]): Promise<Set<string>> {
  const taken = await ctx.db
    .update(magicLinkTokens)
    .set({ tries: sql`${magicLinkTokens.tries} + 1` })
    .where(and(inArray(magicLinkTokens.id, ids), isNull(magicLinkTokens.usedAt), lt(magicLinkTokens.tries, MAX_CODE_TRIES)))
    .returning({ id: magicLinkTokens.id })
  if (taken.length === 0) throw new AppError('link_expired')
  return new Set(taken.map(({ id }) => id))
}
