import type { Platform, UserType } from '#domain/enums.ts'

/** A person's role is their `weokto_users.userType`; people of the other site have no staff and are always CLIENT. */
export type Role = UserType

const OWN = ['own.profile', 'own.purchases', 'own.invoices', 'own.refunds', 'own.chat'] as const

const AFFILIATION = [
  'affiliation.links',
  'affiliation.statistics',
  'affiliation.commissions',
  'affiliation.ledger',
  'affiliation.withdrawals',
  'affiliation.boosts',
  'affiliation.pearls',
  'affiliation.competitions',
] as const

const CATALOGUE = [
  'catalogue.products',
  'catalogue.plans',
  'catalogue.buttons',
  'catalogue.access',
  'catalogue.formations',
  'catalogue.completion',
] as const

const SUPPORT = [
  'support.users',
  'support.sessions',
  'support.communities',
  'support.channels',
  'support.moderation',
  'support.clients',
  'support.proposals',
  'support.sign_in_codes',
] as const

const OWNERSHIP = [
  'owner.revenue',
  'owner.amounts',
  'owner.refunds',
  'owner.programs',
  'owner.affiliates',
  'owner.risk',
  'owner.commissions',
  'owner.ledger',
  'owner.adjustments',
  'owner.withdrawals',
  'owner.boosts',
  'owner.competitions',
  'owner.policy',
  'owner.roles',
  'owner.audit_log',
] as const

/** Everything a person can be allowed to do, named by whose part of the business it belongs to. */
export const PERMISSIONS = [...OWN, ...AFFILIATION, ...CATALOGUE, ...SUPPORT, ...OWNERSHIP] as const

export type Permission = (typeof PERMISSIONS)[number]

const TABLE: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  CLIENT: new Set(OWN),
  AFFILIATE: new Set([...OWN, ...AFFILIATION]),
  PRODUCT_MANAGER: new Set([...OWN, ...CATALOGUE]),
  ADMIN: new Set([...OWN, ...SUPPORT]),
  OWNER: new Set(PERMISSIONS),
}

/** The one permission table: the API refuses by it and the menus are built from it. No role inherits from another. */
export function can(role: Role, permission: Permission): boolean {
  return TABLE[role].has(permission)
}

/** The permissions of a role in the table's order, as `GET /api/me` hands them to the pages. */
export function permissionsOf(role: Role): readonly Permission[] {
  return PERMISSIONS.filter((permission) => can(role, permission))
}

/** Amounts of other people's money: what an ADMIN's or a PRODUCT_MANAGER's answer must never contain. */
export function seesAmounts(role: Role): boolean {
  return can(role, 'owner.amounts')
}

/** Whether the back office opens at all for this role. */
export function isStaff(role: Role): boolean {
  return [...CATALOGUE, ...SUPPORT, ...OWNERSHIP].some((permission) => can(role, permission))
}

/** The role a signed-in person has on a site: the second site has no staff, whatever the first one says of them. */
export function roleOn(platform: Platform, userType: UserType): Role {
  return platform === 'WEOKTO' ? userType : 'CLIENT'
}

/** What moves money or changes roles or policy needs a sign-in at most this old. */
export const FRESH_SIGN_IN_MS = 15 * 60 * 1000

/** True when the sign-in of a session is recent enough for what moves money or changes roles or policy. */
export function isFreshSignIn(authenticatedAt: Date | null, now: Date): boolean {
  if (authenticatedAt === null) return false
  const age = now.getTime() - authenticatedAt.getTime()
  return age >= 0 && age <= FRESH_SIGN_IN_MS
}
