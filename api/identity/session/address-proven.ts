import { and, eq, inArray, isNull, ne, or, sql } from 'drizzle-orm'
import { checkoutSessions, paymentAttempts, stamUsers } from '#db/schema/all.ts'
import { type CheckoutState, OPEN_ATTEMPTS } from '#domain/selling/enums.ts'
import type { Ctx } from '#api/context.ts'
import { liftIfProven, noteProof } from '#api/identity/email/statements.ts'
import { endUnproven } from './end-unproven.ts'

/** Nothing was ordered in these, so nothing is lost when they end. */
const NOT_ORDERED: CheckoutState[] = ['IDENTIFY', 'CARD', 'REVIEW']

/**
 * What goes into the transaction in which somebody shows that an address is theirs, on whichever site: the person who pays under it is confirmed,
 * browsers that bought under it without showing so are out, and their checkouts end. An order under way or paid stays, because money may have
 * moved; it asks for the code before it opens anything. Checkouts of the browser that brought the proof are proven with it.
 */
export function addressProven(ctx: Ctx, email: string, browserHash: string | null) {
  const { db, now } = ctx
  const unproven = and(eq(checkoutSessions.email, email), isNull(checkoutSessions.emailProvenAt))
  const elsewhere =
    browserHash === null ? undefined : or(isNull(checkoutSessions.browserHash), ne(checkoutSessions.browserHash, browserHash))
  return [
    liftIfProven(ctx, email),
    noteProof(ctx, email),
    db
      .update(stamUsers)
      .set({ emailVerifiedAt: now, updatedAt: now })
      .where(and(eq(stamUsers.email, email), isNull(stamUsers.emailVerifiedAt))),
    endUnproven(ctx, sql`(select id from ${stamUsers} where email = ${email})`),
    // A refused order may be tried again in its checkout, which then asks for the code.
    db
      .update(checkoutSessions)
      .set({ state: 'EXPIRED', browserHash: null, updatedAt: now })
      .where(and(unproven, elsewhere, inArray(checkoutSessions.state, NOT_ORDERED), isNull(checkoutSessions.orderedAt))),
    // What they left at the bank is closed by the next look, so that it does not keep the owner from buying.
    db
      .update(paymentAttempts)
      .set({ nextReconcileAt: now })
      .where(
        and(
          inArray(paymentAttempts.status, OPEN_ATTEMPTS),
          inArray(
            paymentAttempts.checkoutSessionId,
            db.select({ id: checkoutSessions.id }).from(checkoutSessions).where(and(unproven, elsewhere)),
          ),
        ),
      ),
    ...(browserHash === null
      ? []
      : [
          db
            .update(checkoutSessions)
            .set({
              emailProvenAt: now,
              state: sql`case when ${checkoutSessions.state} <> 'IDENTIFY' then ${checkoutSessions.state} when ${checkoutSessions.cardToken} is null then 'CARD' else 'REVIEW' end`,
              updatedAt: now,
            })
            .where(and(unproven, eq(checkoutSessions.browserHash, browserHash))),
        ]),
  ] as const
}
