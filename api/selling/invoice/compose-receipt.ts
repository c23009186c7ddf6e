import { eq, inArray } from 'drizzle-orm'
import { communities, customers, invoices, plans, products, stamUsers } from '#db/schema/all.ts'
import { addDays } from '#domain/base/time.ts'
import { communityPath } from '#domain/community/community-path.ts'
import type { AddressedMail } from '#api/adapters/mail/port.ts'
import type { Ctx } from '#api/context.ts'
import { policyOf, selectPolicy } from '#api/policy.ts'
import { originOf } from '#api/sites.ts'
import { purchaseReceiptMail } from './receipt-mail.ts'

/** The paid sales that receipts tell of, by invoice, in one round trip for all of them. */
export async function loadReceipts(ctx: Ctx, invoiceIds: readonly string[]) {
  if (invoiceIds.length === 0) return { sales: new Map<string, never>(), policy: policyOf(undefined) }
  const [rows, policies] = await ctx.db.batch([
    ctx.db
      .select({ invoice: invoices, customer: customers, user: stamUsers, product: products, community: communities, plan: plans })
      .from(invoices)
      .innerJoin(customers, eq(customers.id, invoices.customerId))
      .innerJoin(stamUsers, eq(stamUsers.id, customers.stamUserId))
      .innerJoin(products, eq(products.id, customers.productId))
      .innerJoin(communities, eq(communities.id, products.communityId))
      .innerJoin(plans, eq(plans.id, invoices.planId))
      .where(inArray(invoices.id, [...invoiceIds])),
    selectPolicy(ctx),
  ])
  return { sales: new Map(rows.map((row) => [row.invoice.id, row])), policy: policyOf(policies[0]) }
}

export type Receipts = Awaited<ReturnType<typeof loadReceipts>>

/** Composed after the sale, because the invoice gets its number in the very transaction that promised the mail. */
export function composeReceipt(ctx: Ctx, { sales, policy }: Receipts, invoiceId: string): AddressedMail {
  const row = sales.get(invoiceId)
  if (!row?.invoice.paidAt) throw new Error(`Invoice ${invoiceId} is not paid: nothing to confirm.`)
  const { invoice, customer, user, product, community, plan } = row
  const { platform } = community
  const origin = originOf(ctx.config, platform)
  const charged = invoice.amountIncludingTax > 0
  const mail = purchaseReceiptMail({
    platform,
    locale: user.locale,
    product: product.name,
    invoiceNumber: charged ? invoice.number : null,
    paidAt: row.invoice.paidAt,
    totalCents: invoice.amountIncludingTax,
    taxCents: invoice.taxAmount,
    taxRateBps: invoice.taxRateBps,
    card: charged && customer.brand && customer.last4 ? { brand: customer.brand, last4: customer.last4 } : null,
    next: customer.nextChargeAt ? { amountCents: plan.priceAmount, at: customer.nextChargeAt, interval: plan.billingInterval } : null,
    trialEndsAt: customer.status === 'TRIAL' ? customer.trialEndsAt : null,
    coolingOffUntil: charged ? addDays(row.invoice.paidAt, policy.refund.coolingOffDays) : null,
    openUrl: `${origin}${communityPath(platform, community.slug)}`,
    accountUrl: `${origin}/account`,
  })
  const from = platform === 'WEOKTO' ? ctx.config.EMAIL_FROM_WEOKTO : ctx.config.EMAIL_FROM_STAM
  return { from, to: user.email, ...mail }
}
