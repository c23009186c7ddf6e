import { mailboxOf } from '#domain/base/email-address.ts'
import { SENDS_PER_MAILBOX_AND_NETWORK_HOUR, SENDS_PER_MAILBOX_HOUR, SENDS_PER_NETWORK_HOUR } from '#domain/identity/sign-in.ts'
import type { Ctx } from '#api/context.ts'
import { countOrRefuse } from '#api/rate-limit.ts'

/**
 * Counts a mail with a code, whichever of our pages asked for it and on whichever site: a mailbox is one mailbox. What one network asks for too
 * often is refused before it counts against the mailbox, so that a stranger who goes on asking does not keep its owner from a mail.
 */
export async function countMail(ctx: Ctx, email: string): Promise<void> {
  const network = ctx.client.ip ?? 'unknown'
  const mailbox = mailboxOf(email)
  await countOrRefuse(
    ctx,
    [
      { key: `send-from:${network}`, most: SENDS_PER_NETWORK_HOUR },
      { key: `send:${mailbox}:${network}`, most: SENDS_PER_MAILBOX_AND_NETWORK_HOUR },
    ],
    'mails_limited',
  )
  await countOrRefuse(ctx, [{ key: `send:${mailbox}`, most: SENDS_PER_MAILBOX_HOUR }], 'mails_limited')
}
