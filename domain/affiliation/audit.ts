/** What the audit log tells of affiliates (`domain/audit.ts`). */
export const AFFILIATION_AUDIT = {
  'affiliate.note_written': { by: 'staff', about: ['weokto_user'] },
  'affiliate.note_removed': { by: 'staff', about: ['weokto_user'] },
} as const
