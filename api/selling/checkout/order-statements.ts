import { sql } from 'drizzle-orm'
import { lockNames } from '#db/client.ts'
import { checkoutSessions, customers, invoices, paymentAttempts } from '#db/schema/all.ts'
import { BUYABLE_STATUSES } from '#domain/selling/checkout.ts'
import { OPEN_ATTEMPTS } from '#domain/selling/enums.ts'
import type { Ctx } from '#api/context.ts'
import type { LoadedCheckout } from './load-checkout.ts'
import { cardHadTrial } from './trial-card.ts'

/** The name under which an order is refused whose trial is no longer due. */
export const TRIAL_TAKEN = 'trial_not_taken'

/**
 * One trial per person and card of a product. The order page promised it when the card was typed; in the meantime the person, or the same card
 * under another address, may have had theirs, so it is asked again in the order's own transaction, one order of that card at a time.
 */
export function trialStatements({ db }: Ctx, { checkout, customer }: LoadedCheckout) {
  const { productId, cardToken } = checkout
  return [
    lockNames(db, [`trial:${productId}:${cardToken}`]),
    db.execute(sql`select guard(
      not ${cardHadTrial(productId, cardToken)}
      and not exists (select from ${customers} c where c.id = ${customer?.id ?? ''} and (c."trialUsedAt" is not null or c.status = 'EXPIRED'))
      and not exists (select from ${paymentAttempts} a join ${invoices} i on i.id = a."invoiceId" join ${checkoutSessions} s on s.id = a."checkoutSessionId"
        where a.status in ${OPEN_ATTEMPTS} and i.kind = 'TRIAL' and s."productId" = ${productId} and a."cardToken" = ${cardToken} and s.id <> ${checkout.id}), ${TRIAL_TAKEN})`),
  ] as const
}

/** The names under which an order is refused whose customer has meanwhile got what it buys, or may still pay for it elsewhere. */
export const CUSTOMER_HAS_IT = 'customer_may_buy'
export const CUSTOMER_IS_PAYING = 'customer_not_paying'

/**
 * What the order rests on is asked again under the customer's lock, after the locks on the invoices, in the order in which a payment takes them:
 * a payment that arrived since the customer was read is seen here, and one that arrives now waits.
 */
export function customerStatements({ db }: Ctx, { checkout }: LoadedCheckout) {
  const customerId = checkout.customerId ?? ''
  return [
    db.execute(sql`select guard(count(*) = 1, ${CUSTOMER_HAS_IT}) from
      (select id from ${customers} c where c.id = ${customerId} and c.status in ${BUYABLE_STATUSES} for no key update) may_buy`),
    db.execute(sql`select guard(not exists (select from ${paymentAttempts} a join ${invoices} i on i.id = a."invoiceId"
      where i."customerId" = ${customerId} and a.status in ${OPEN_ATTEMPTS}), ${CUSTOMER_IS_PAYING})`),
  ] as const
}

/**
 * A customer has one order at a time. One that was refused and left behind becomes VOID with its checkout; one that may still be paid stays, and
 * then the key of the PENDING invoices refuses the new order. Locked first and in one order, so that what counts as open cannot change in between.
 */
export function supersedeStatements({ db, now }: Ctx, { checkout }: LoadedCheckout) {
  const at = now.toISOString()
  const mine = sql`"customerId" = ${checkout.customerId ?? ''} and "checkoutSessionId" is not null`
  return [
    db.execute(sql`select id from ${invoices} where ${mine} and status in ('DRAFT', 'PENDING') order by id for update`),
    db.execute(sql`
      with left_behind as (
        update ${invoices} set status = 'VOID', "voidedAt" = ${at}::timestamp, "updatedAt" = ${at}::timestamp
        where ${mine} and status = 'PENDING' and "checkoutSessionId" <> ${checkout.id}
          and not exists (select from ${paymentAttempts} a where a."invoiceId" = ${invoices}.id and a.status in ${OPEN_ATTEMPTS})
        returning "checkoutSessionId" as id)
      update ${checkoutSessions} s set state = 'EXPIRED', "updatedAt" = ${at}::timestamp from left_behind where s.id = left_behind.id`),
  ] as const
}
