import { and, eq, isNull } from 'drizzle-orm'
import { paymentAttempts, weoktoUsers } from '#db/schema/all.ts'
import type { Ctx } from '#api/context.ts'
import { ownerAlertMail } from '#api/email/owner-alert-mail.ts'
import { discrepancyView, selectDiscrepancies } from '#api/payment/discrepancy-rows.ts'

/** No business has more owners than that. */
const MOST_OWNERS = 20

/**
 * Tells every owner of money that fits no order, each in their own language. Written when it is sent. A try that broke off half-way is repeated as a
 * whole: the provider knows each letter by its key and delivers it once.
 */
export async function sendOwnerAlert(ctx: Ctx, attemptId: string, rowId: string): Promise<void> {
  const [rows, owners] = await ctx.db.batch([
    selectDiscrepancies(ctx, eq(paymentAttempts.id, attemptId), 1),
    ctx.db
      .select({ id: weoktoUsers.id, email: weoktoUsers.email, locale: weoktoUsers.locale })
      .from(weoktoUsers)
      .where(and(eq(weoktoUsers.userType, 'OWNER'), isNull(weoktoUsers.bannedAt)))
      .orderBy(weoktoUsers.id)
      .limit(MOST_OWNERS),
  ])
  const [row] = rows
  if (!row || owners.length === 0) throw new Error(`Nobody can be told of the payment attempt ${attemptId}.`)
  const { EMAIL_FROM_WEOKTO: from, WEOKTO_ORIGIN } = ctx.config
  for (const { id, email: to, locale } of owners) {
    const mail = ownerAlertMail({ locale, discrepancy: discrepancyView(row), overviewUrl: `${WEOKTO_ORIGIN}/admin` })
    await ctx.ports.mailer.send({ from, to, ...mail, idempotencyKey: `${rowId}:${id}` })
  }
}
