import { readDays } from '#domain/base/paris.ts'
import { INVOICE_STATUSES } from '#domain/selling/enums.ts'

/** The keys of the list's address beside those of every list. */
export const SALES_FILTERS = ['status', 'period', 'refunds'] as const

/** What an address asks of the owner's sales; whatever makes no sense is left out. */
export function salesAsked(search: Readonly<Record<string, unknown>>) {
  const status = INVOICE_STATUSES.find((known) => known === search['status'])
  const { period, refunds } = search
  return {
    ...(status && { status }),
    ...(typeof period === 'string' && readDays(period) && { period }),
    ...(typeof refunds === 'string' && readDays(refunds) && { refunds }),
  }
}
