import { requireUser } from '#api/authorize.ts'
import { bareAddress } from '#domain/base/email-address.ts'
import { markOf, type EmailState } from '#domain/identity/email-state.ts'
import type { Ctx, UserActor } from '#api/context.ts'
import { selectEmailState } from '#api/identity/email/statements.ts'
import { selectInvoices } from '#api/selling/invoice/select-own.ts'
import { viewInvoice } from '#api/selling/invoice/view.ts'
import { selectPurchases } from '#api/selling/subscription/select-purchases.ts'
import { viewPurchase } from '#api/selling/subscription/view.ts'

/**
 * Why no mail reaches the person, codes and receipts alike, and where they can write to us from another mailbox. Whoever bought under an address
 * without showing that it is theirs is told that mail comes back, for they may have mistyped it, and not what its reader complained of.
 */
function viewNoMail({ config, platform }: Ctx, { scopeCustomerId }: UserActor, state: EmailState | undefined) {
  const why = state ? markOf(state) : null
  if (why === null || (why === 'complained' && scopeCustomerId !== null)) return null
  return { why, contact: bareAddress(platform === 'WEOKTO' ? config.EMAIL_FROM_WEOKTO : config.EMAIL_FROM_STAM) }
}

/** Everything a client owns and pays, on either site. A session limited to one purchase sees that purchase only. */
export async function showAccount(ctx: Ctx) {
  const actor = requireUser(ctx)
  const [purchases, invoices, [emailState]] = await ctx.db.batch([
    selectPurchases(ctx, actor),
    selectInvoices(ctx, actor),
    selectEmailState(ctx, actor.email),
  ])
  const views = purchases.map(viewPurchase)
  const comingCharges = views
    .flatMap(({ id, productName, planName, nextCharge }) => (nextCharge ? [{ purchaseId: id, productName, planName, ...nextCharge }] : []))
    .toSorted((one, other) => one.at.localeCompare(other.at))
  return {
    email: actor.email,
    /** True while only one purchase is open to this browser: the rest shows once the address is confirmed. */
    emailUnconfirmed: actor.scopeCustomerId !== null,
    noMail: viewNoMail(ctx, actor, emailState),
    purchases: views,
    comingCharges,
    invoices: invoices.map(viewInvoice),
  }
}
