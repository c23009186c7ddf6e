import { safePath } from '#domain/base/origin.ts'
import type { Ctx } from '#api/context.ts'
import { sha256Hex } from '#api/crypto.ts'
import { drainSoon } from '#api/outbox/drain-once.ts'
import { countMail } from './count-mail.ts'
import { issueLink } from './issue-link.ts'

export interface RequestSignInInput {
  email: string
  next?: string | undefined
  browserSecret: string
}

/** Sends a link and a code. Answers the same whether or not the account exists: it is not even looked up. */
export async function requestSignIn(ctx: Ctx, input: RequestSignInInput): Promise<void> {
  await countMail(ctx, input.email)
  const nextPath = safePath(input.next ?? null)
  const browserHash = await sha256Hex(input.browserSecret)
  await ctx.db.batch(await issueLink(ctx, { email: input.email, purpose: 'sign_in', nextPath, browserHash }))
  drainSoon(ctx)
}
