import { LEDGER_FILTERS, type LedgerFilter } from '#domain/affiliation/lists.ts'

/** What an address asks of the statement; what the statement cannot be narrowed to is left out. */
export function ledgerAsked(search: Readonly<Record<string, unknown>>): { account?: LedgerFilter } {
  const account = LEDGER_FILTERS.find((known) => known === search['account'])
  return account ? { account } : {}
}
