/** What the audit log tells of money and of what it buys (`domain/audit.ts`). */
export const SELLING_AUDIT = {
  'payment.paid_twice': { by: 'system', about: ['payment_attempt'] },
  'payment.mismatch': { by: 'system', about: ['payment_attempt'] },
  'payment.discrepancy_resolved': { by: 'staff', about: ['payment_attempt'] },
  'payment.money_back_resolved': { by: 'staff', about: ['webhook_inbox'] },
  'trial.card_seen_before': { by: 'system', about: ['customer'] },
} as const
