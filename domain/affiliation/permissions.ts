/** What one may do with links, commissions, ledger and withdrawals, by whom it is given to (`domain/access.ts`). */
export const AFFILIATION_PERMISSIONS = {
  affiliate: [
    'affiliation.links',
    'affiliation.own_balances',
    'affiliation.own_commissions',
    'affiliation.own_ledger',
    'affiliation.own_withdrawals',
    'affiliation.own_boosts',
  ],
  owner: [
    'affiliation.affiliates',
    'affiliation.notes',
    'affiliation.risk',
    'affiliation.commissions',
    'affiliation.ledger',
    'affiliation.adjustments',
    'affiliation.withdrawals',
    'affiliation.boosts',
  ],
} as const
