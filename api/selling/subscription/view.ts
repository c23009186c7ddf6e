import { hasAccess } from '#domain/base/enums.ts'
import type { PurchaseRow } from './select-purchases.ts'

/** One purchase as its buyer sees it. Of the card only what names it: never a token or a reference. */
export function viewPurchase({ customer, product, community, plan }: PurchaseRow) {
  const { brand, last4, expMonth, expYear } = customer
  return {
    id: customer.id,
    productName: product.name,
    community,
    planName: plan?.name ?? null,
    billingInterval: plan?.billingInterval ?? null,
    status: customer.status,
    hasAccess: hasAccess(customer.status),
    trialEndsAt: customer.trialEndsAt?.toISOString() ?? null,
    /** End of what is paid; null when it never ends. */
    paidUntil: customer.currentPeriodEnd?.toISOString() ?? null,
    /** When access ends or ended; null while it goes on. */
    endsAt: customer.subscriptionEndsAt?.toISOString() ?? null,
    nextCharge: nextChargeOf({ customer, plan }),
    card: last4 === null ? null : { brand, last4, expMonth, expYear },
  }
}

/** The plan's price at the next date; nothing for what does not renew, or renews no more. */
function nextChargeOf({ customer, plan }: Pick<PurchaseRow, 'customer' | 'plan'>) {
  if (customer.nextChargeAt === null || plan === null || !hasAccess(customer.status)) return null
  return { at: customer.nextChargeAt.toISOString(), amountCents: plan.priceAmount, currency: plan.currency }
}
