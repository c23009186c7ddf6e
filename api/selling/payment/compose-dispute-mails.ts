import { sql } from 'drizzle-orm'
import type { AddressedMail } from '#api/adapters/mail/port.ts'
import type { Ctx } from '#api/context.ts'
import { composeForOwners, selectOwners } from '#api/outbox/compose-for-owners.ts'
import { disputeMail } from './dispute-mail.ts'
import { viewMoneyBack, selectMoneyBack } from './money-back-rows.ts'

/** What tells every owner of a new dispute, from the message that told us. */
export async function composeDisputeMails(ctx: Ctx, messageId: string): Promise<AddressedMail[]> {
  const [{ rows }, owners] = await ctx.db.batch([selectMoneyBack(ctx, sql`(${messageId})`), selectOwners(ctx)])
  const [row] = rows
  if (!row) throw new Error(`The message ${messageId} is not stored.`)
  const dispute = viewMoneyBack(ctx, row)
  const overviewUrl = `${ctx.config.WEOKTO_ORIGIN}/admin`
  return composeForOwners(ctx, owners, (locale) => disputeMail({ locale, dispute, overviewUrl }))
}
