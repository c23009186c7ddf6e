/** What one may do with purchases, invoices, refunds and what came in, by whom it is given to (`domain/access.ts`). */
export const SELLING_PERMISSIONS = {
  everyone: ['selling.own_purchases', 'selling.own_invoices', 'selling.own_refunds'],
  admin: ['selling.clients', 'selling.proposals'],
  owner: ['selling.revenue', 'selling.amounts', 'selling.refunds'],
} as const
