import { AFFILIATE_COMMISSION_STATUSES } from '#domain/affiliation/enums.ts'
import { WAITING_KINDS } from '#domain/affiliation/waiting.ts'
import { isId } from '#domain/base/id.ts'

/** The keys of the list's address beside those of every list. */
export const COMMISSIONS_FILTERS = ['status', 'product', 'waits'] as const

/** What an address asks of one's own commissions; whatever makes no sense is left out. */
export function commissionsAsked(search: Readonly<Record<string, unknown>>) {
  const status = AFFILIATE_COMMISSION_STATUSES.find((known) => known === search['status'])
  const waits = WAITING_KINDS.find((known) => known === search['waits'])
  const { product } = search
  return { ...(status && { status }), ...(isId(product) && { productId: product }), ...(waits && { waits }) }
}
