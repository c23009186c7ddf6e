import { and, desc, eq } from 'drizzle-orm'
import {
  checkoutSessions,
  communities,
  customers,
  invoices,
  manualPaymentButtons,
  paymentAttempts,
  plans,
  products,
  stamUsers,
} from '#db/schema/all.ts'
import { AppError } from '#domain/error.ts'
import { checkoutStep } from '#domain/selling/checkout.ts'
import { CLOSED_BY_OWNER } from '#domain/selling/settlement.ts'
import type { Ctx } from '#api/context.ts'
import { sameHash, sha256Hex } from '#api/crypto.ts'
import { hasProvenOwner, isBanned } from '#api/identity/person/known-address.ts'
import { policyOf, selectPolicy } from '#api/policy.ts'

export interface OwnCheckout {
  id: string
  /** The secret in this browser's checkout cookie; without it a checkout is not found, even with its id. */
  browserSecret: string | null
}

/** The newest tries at one order; only of these is anything told. */
const MOST_ATTEMPTS = 50

/** Money that came and buys nothing; or that came otherwise than asked for, where the owner has closed the order for it. */
function isAstray({ discrepancy, declineCode }: typeof paymentAttempts.$inferSelect): boolean {
  return discrepancy === 'paid_twice' || (discrepancy === 'mismatch' && declineCode === CLOSED_BY_OWNER)
}

/** One round trip: a checkout of this browser on this site, with what it buys and how its payment stands. */
export async function loadCheckout(ctx: Ctx, input: OwnCheckout) {
  // Before anything is read or compared: nobody's secret is no secret.
  if (!input.browserSecret) throw new AppError('not_found')
  const browserHash = await sha256Hex(input.browserSecret)
  // The attempts first, because a payment may be written in between: whoever sees that one succeeded must also see the invoice that it paid.
  const [attempts, rows, policyRows] = await ctx.db.batch([
    ctx.db
      .select()
      .from(paymentAttempts)
      .where(eq(paymentAttempts.checkoutSessionId, input.id))
      .orderBy(desc(paymentAttempts.createdAt))
      .limit(MOST_ATTEMPTS),
    ctx.db
      .select({
        checkout: checkoutSessions,
        button: manualPaymentButtons,
        plan: plans,
        product: products,
        community: communities,
        invoice: invoices,
        customer: customers,
        user: { id: stamUsers.id, email: stamUsers.email, emailVerifiedAt: stamUsers.emailVerifiedAt },
        address: { hasProvenOwner: hasProvenOwner(checkoutSessions.email), isBanned: isBanned(checkoutSessions.email, ctx.platform) },
      })
      .from(checkoutSessions)
      .innerJoin(manualPaymentButtons, eq(manualPaymentButtons.id, checkoutSessions.buttonId))
      .innerJoin(plans, eq(plans.id, checkoutSessions.planId))
      .innerJoin(products, eq(products.id, checkoutSessions.productId))
      .innerJoin(communities, eq(communities.id, products.communityId))
      .leftJoin(stamUsers, eq(stamUsers.email, checkoutSessions.email))
      .leftJoin(customers, and(eq(customers.stamUserId, stamUsers.id), eq(customers.productId, checkoutSessions.productId)))
      .leftJoin(invoices, eq(invoices.id, checkoutSessions.invoiceId))
      .where(and(eq(checkoutSessions.id, input.id), eq(checkoutSessions.platform, ctx.platform)))
      .limit(1),
    selectPolicy(ctx),
  ])
  const [row] = rows
  if (!row || !sameHash(browserHash, row.checkout.browserHash)) throw new AppError('not_found')
  const attempt = attempts[0] ?? null
  const astray = attempts.find(isAstray) ?? null
  const { checkout } = row
  const step = checkoutStep(
    {
      state: checkout.state,
      expiresAt: checkout.expiresAt,
      hasCard: checkout.cardToken !== null,
      cardCapturedAt: checkout.cardCapturedAt,
      attempt,
      hasAstray: astray !== null,
    },
    ctx.now,
  )
  return { ...row, browserHash, attempt, astray, policy: policyOf(policyRows[0]), policyVersion: policyRows[0]?.version ?? null, step }
}

export type LoadedCheckout = Awaited<ReturnType<typeof loadCheckout>>
