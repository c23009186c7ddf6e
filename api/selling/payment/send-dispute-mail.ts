import { sql } from 'drizzle-orm'
import type { Ctx } from '#api/context.ts'
import { selectOwners, tellOwners } from '#api/outbox/tell-owners.ts'
import { disputeMail } from './dispute-mail.ts'
import { viewMoneyBack, selectMoneyBack } from './money-back-rows.ts'

/** Tells every owner of a new dispute, from the message that told us. */
export async function sendDisputeMail(ctx: Ctx, messageId: string, rowId: string): Promise<void> {
  const [{ rows }, owners] = await ctx.db.batch([selectMoneyBack(ctx, sql`(${messageId})`), selectOwners(ctx)])
  const [row] = rows
  if (!row) throw new Error(`The message ${messageId} is not stored.`)
  const dispute = viewMoneyBack(ctx, row)
  const overviewUrl = `${ctx.config.WEOKTO_ORIGIN}/admin`
  await tellOwners(ctx, owners, rowId, (locale) => disputeMail({ locale, dispute, overviewUrl }))
}
