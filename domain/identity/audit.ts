/** What the audit log tells of people and their addresses (`domain/audit.ts`). */
export const IDENTITY_AUDIT = {
  'business.opened': { by: 'staff', about: ['weokto_user'] },
  'email.mark_lifted': { by: 'staff', about: ['weokto_user', 'stam_user'] },
} as const
