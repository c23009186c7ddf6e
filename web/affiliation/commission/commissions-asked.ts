import { AFFILIATE_COMMISSION_STATUSES } from '#domain/affiliation/enums.ts'
import { isId } from '#domain/base/id.ts'
import type { CommissionsAsked } from '#web/data/commissions.ts'
import type { TableState } from '#web/ui/table-state.ts'

const sorts = ['earnedAt', 'totalCents', 'lockedUntil'] as const

/** What a table's state asks of the API; an address that makes no sense asks for the first page of everything. */
export function commissionsAsked({ sort, page, filters }: TableState): CommissionsAsked {
  const status = AFFILIATE_COMMISSION_STATUSES.find((value) => value === filters['status'])
  const productId = filters['product']
  const by = sorts.find((value) => value === sort?.key)
  const direction = sort?.descending ? 'desc' : 'asc'
  return { page, ...(status && { status }), ...(isId(productId) && { productId }), ...(by && ({ sort: by, direction } as const)) }
}
