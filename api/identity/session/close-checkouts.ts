import { and, eq, isNull, ne, or } from 'drizzle-orm'
import { checkoutSessions } from '#db/schema/all.ts'
import type { Ctx, UserActor } from '#api/context.ts'

/**
 * A checkout that was begun while signed in needs no code: it is ordered, and for a day entered, by its browser's cookie alone. So whoever ends a
 * session, wherever it was, ends what other browsers had begun under that address, paid or not; a payment under way is booked all the same. The
 * browser that asks goes on with its own.
 */
export function closeCheckoutsElsewhere({ db, now }: Ctx, actor: UserActor, ownBrowserHash: string | null) {
  const mine =
    actor.scopeCustomerId === null ? eq(checkoutSessions.email, actor.email) : eq(checkoutSessions.customerId, actor.scopeCustomerId)
  const elsewhere =
    ownBrowserHash === null ? undefined : or(isNull(checkoutSessions.browserHash), ne(checkoutSessions.browserHash, ownBrowserHash))
  return db.update(checkoutSessions).set({ browserHash: null, updatedAt: now }).where(and(mine, elsewhere))
}

/** Whoever leaves does not want to be let in again by what this browser bought or began, and a copy of its cookie shall not have it. */
export function closeCheckoutsHere({ db, now }: Ctx, { email }: UserActor, browserHash: string) {
  return db
    .update(checkoutSessions)
    .set({ browserHash: null, updatedAt: now })
    .where(and(eq(checkoutSessions.email, email), eq(checkoutSessions.browserHash, browserHash)))
}
