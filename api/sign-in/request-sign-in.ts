import { safePath } from '#domain/origin.ts'
import { SENDS_PER_EMAIL_HOUR, SENDS_PER_NETWORK_HOUR } from '#domain/sign-in.ts'
import type { Ctx } from '#api/context.ts'
import { drainSoon } from '#api/outbox/drain-outbox.ts'
import { issueLink } from './issue-link.ts'
import { countOrRefuse } from './limit.ts'

export interface RequestSignInInput {
  email: string
  next?: string | undefined
  browserSecret: string
}

/** Sends a link and a code. Answers the same whether or not the account exists: it is not even looked up. */
export async function requestSignIn(ctx: Ctx, input: RequestSignInInput): Promise<void> {
  await countOrRefuse(ctx, [
    { key: `send:${ctx.platform}:${input.email}`, most: SENDS_PER_EMAIL_HOUR },
    { key: `send-from:${ctx.client.ip ?? 'unknown'}`, most: SENDS_PER_NETWORK_HOUR },
  ])
  const nextPath = safePath(input.next ?? null)
  await ctx.db.batch(await issueLink(ctx, { email: input.email, purpose: 'sign_in', nextPath, browserSecret: input.browserSecret }))
  drainSoon(ctx)
}
