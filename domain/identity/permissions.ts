/** What one may do with people, sign-in, roles and the policy, by whom it is given to (`domain/access.ts`). */
export const IDENTITY_PERMISSIONS = {
  everyone: ['identity.own_profile'],
  admin: ['identity.people', 'identity.sessions', 'identity.sign_in_codes'],
  owner: ['identity.roles', 'identity.audit_log', 'identity.policy'],
} as const
