import { and, desc, eq, inArray } from 'drizzle-orm'
import { customers, invoices, plans, products } from '#db/schema/all.ts'
import type { InvoiceStatus } from '#domain/selling/enums.ts'
import type { Ctx, UserActor } from '#api/context.ts'
import { isMine } from '#api/selling/subscription/select-purchases.ts'

const MOST_INVOICES = 500

/** Invoices that asked for money or took it; a DRAFT is not one yet, a VOID one asks no more. */
const SHOWN: InvoiceStatus[] = ['PENDING', 'PAID', 'REFUNDED']

export function selectInvoices(ctx: Ctx, actor: UserActor) {
  return ctx.db
    .select({ invoice: invoices, productName: products.name, planName: plans.name })
    .from(invoices)
    .innerJoin(customers, eq(customers.id, invoices.customerId))
    .innerJoin(products, eq(products.id, customers.productId))
    .leftJoin(plans, eq(plans.id, invoices.planId))
    .where(and(isMine(actor), inArray(invoices.status, SHOWN)))
    .orderBy(desc(invoices.createdAt), desc(invoices.id))
    .limit(MOST_INVOICES)
}

export type InvoiceRow = Awaited<ReturnType<typeof selectInvoices>>[number]
