import { requireUser } from '#api/authorize.ts'
import type { Ctx } from '#api/context.ts'
import { selectInvoices } from '#api/selling/invoice/select-own.ts'
import { viewInvoice } from '#api/selling/invoice/view.ts'
import { selectPurchases } from '#api/selling/subscription/select-purchases.ts'
import { viewPurchase } from '#api/selling/subscription/view.ts'

/** Everything a client owns and pays, on either site. A session limited to one purchase sees that purchase only. */
export async function showAccount(ctx: Ctx) {
  const actor = requireUser(ctx)
  const [purchases, invoices] = await ctx.db.batch([selectPurchases(ctx, actor), selectInvoices(ctx, actor)])
  const views = purchases.map(viewPurchase)
  const comingCharges = views
    .flatMap(({ id, productName, planName, nextCharge }) => (nextCharge ? [{ purchaseId: id, productName, planName, ...nextCharge }] : []))
    .toSorted((one, other) => one.at.localeCompare(other.at))
  return {
    email: actor.email,
    /** True while only one purchase is open to this browser: the rest shows once the address is confirmed. */
    emailUnconfirmed: actor.scopeCustomerId !== null,
    purchases: views,
    comingCharges,
    invoices: invoices.map(viewInvoice),
  }
}
