import { sql } from 'drizzle-orm'
import type { DbError } from '#db/client.ts'
import { AppError } from '#domain/error.ts'
import { mayBuy } from '#domain/selling/checkout.ts'
import type { Ctx } from '#api/context.ts'
import { hasProvenOwner, isBanned } from '#api/identity/person/known-address.ts'
import type { LoadedCheckout } from './load-checkout.ts'

const BANNED = 'buyer_not_banned'
const UNPROVEN = 'address_proven'

/**
 * Whether this browser must show by a mailed code that the address is its own: somebody else has shown that it is theirs since, has bought the product
 * meanwhile, or was banned, which is told to them alone.
 */
export function asksProof({ checkout, address, customer }: Pick<LoadedCheckout, 'checkout' | 'address' | 'customer'>): boolean {
  if (checkout.emailProvenAt !== null) return false
  const boughtElsewhere = checkout.state === 'REVIEW' && !mayBuy(customer?.status ?? null)
  return address.hasProvenOwner || address.isBanned || boughtElsewhere
}

/** Throws `email_not_proven`, before anything about the address is told, or `banned`. */
export function assertBuyer(loaded: Pick<LoadedCheckout, 'checkout' | 'address' | 'customer'>): void {
  if (asksProof(loaded)) throw new AppError('email_not_proven')
  if (loaded.address.isBanned) throw new AppError('banned')
}

/** The same, asked in the order's own transaction and after its locks: an owner or a ban may have come since the checkout was loaded. */
export function buyerStatements({ db, platform }: Ctx, { checkout }: Pick<LoadedCheckout, 'checkout'>) {
  const banned = isBanned(checkout.email, platform)
  return checkout.emailProvenAt === null
    ? [db.execute(sql`select guard(not ${hasProvenOwner(checkout.email)} and not ${banned}, ${UNPROVEN})`)]
    : [db.execute(sql`select guard(not ${banned}, ${BANNED})`)]
}

/** The words for what `buyerStatements` refused; nothing for any other refusal. */
export function refuseBuyer(cause: DbError | null): void {
  if (cause?.constraint === UNPROVEN) throw new AppError('email_not_proven')
  if (cause?.constraint === BANNED) throw new AppError('banned')
}
