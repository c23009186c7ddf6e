import type { BatchItem } from 'drizzle-orm/batch'
import { magicLinkTokens } from '#db/schema/all.ts'
import { SIGN_IN_MINUTES } from '#domain/identity/sign-in.ts'
import type { Ctx } from '#api/context.ts'
import { keyedHash, randomCode, randomToken, sha256Hex } from '#api/crypto.ts'
import { outboxStatement, sealMail } from '#api/outbox/enqueue.ts'
import { originOf } from '#api/sites.ts'
import { signInMail } from './sign-in-mail.ts'

export interface IssueLink {
  email: string
  purpose: 'sign_in' | 'checkout'
  nextPath: string | null
  /** SHA-256 of the secret in the asking browser's cookie. */
  browserHash: string
}

/** The two writes that sending a sign-in mail means: the token's row and the mail in the outbox. The caller puts them into its batch. */
export async function issueLink(ctx: Ctx, input: IssueLink): Promise<[BatchItem<'pg'>, BatchItem<'pg'>]> {
  const id = ctx.newId()
  const token = randomToken()
  const code = randomCode()
  const mail = signInMail({
    platform: ctx.platform,
    locale: ctx.locale,
    url: linkOf(ctx, input, token),
    code,
    minutes: SIGN_IN_MINUTES,
    purpose: input.purpose,
  })
  return [
    ctx.db.insert(magicLinkTokens).values({
      id,
      email: input.email,
      token: await sha256Hex(token),
      codeHash: await codeHash(ctx, id, code),
      browserHash: input.browserHash,
      platform: ctx.platform,
      purpose: input.purpose,
      nextPath: input.nextPath,
      locale: ctx.locale,
      expiresAt: new Date(ctx.now.getTime() + SIGN_IN_MINUTES * 60_000),
      createdAt: ctx.now,
    }),
    outboxStatement(ctx, { kind: 'mail', payload: await sealMail(ctx, input.email, mail), dedupeKey: `sign-in:${id}` }),
  ]
}

/** Where the mail's button leads. A checkout is gone on with where it was begun, and its code is typed there. */
function linkOf(ctx: Ctx, { purpose, nextPath }: IssueLink, token: string): string {
  const origin = originOf(ctx.config, ctx.platform)
  if (purpose === 'checkout') return new URL(nextPath ?? '/', origin).toString()
  const link = new URL('/sign-in/confirm', origin)
  // In the fragment: it reaches no server log, no referrer and no link previewer.
  link.hash = new URLSearchParams({ token }).toString()
  return link.toString()
}

/** Six digits alone could be found by trying all of them against a stolen hash, so the hash is keyed and bound to its row. */
export function codeHash(ctx: Pick<Ctx, 'config'>, rowId: string, code: string): Promise<string> {
  return keyedHash(ctx.config.CODE_SECRET, `${rowId}:${code}`)
}
