import { eq, sql } from 'drizzle-orm'
import { auditLog, paymentAttempts } from '#db/schema/all.ts'
import type { AddressedMail } from '#api/adapters/mail/port.ts'
import type { Ctx } from '#api/context.ts'
import { composeForOwners, selectOwners } from '#api/outbox/compose-for-owners.ts'
import { discrepancyMail } from './discrepancy-mail.ts'
import { viewDiscrepancy, selectDiscrepancies } from './discrepancy-rows.ts'

/** What tells every owner of money that fits no order, as the audit log has it: an attempt may have had other such money since. */
export async function composeDiscrepancyMails(ctx: Ctx, auditId: string): Promise<AddressedMail[]> {
  const [[entry], [row], owners] = await ctx.db.batch([
    ctx.db
      .select({ noted: auditLog.after, at: auditLog.createdAt, action: auditLog.action })
      .from(auditLog)
      .where(eq(auditLog.id, auditId))
      .limit(1),
    selectDiscrepancies(ctx, eq(paymentAttempts.id, sql`(select l."targetId" from ${auditLog} l where l.id = ${auditId})`), 1),
    selectOwners(ctx),
  ])
  if (!entry || !row) throw new Error(`The audit log's ${auditId} tells of no payment attempt.`)
  const kind = entry.action === 'payment.mismatch' ? 'mismatch' : 'paid_twice'
  const discrepancy = viewDiscrepancy({ ...row, kind, at: entry.at, noted: entry.noted })
  const overviewUrl = `${ctx.config.WEOKTO_ORIGIN}/admin`
  return composeForOwners(ctx, owners, (locale) => discrepancyMail({ locale, discrepancy, overviewUrl }))
}
