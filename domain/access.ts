import type { Platform } from './base/enums.ts'
import { USER_TYPES, type UserType } from './identity/enums.ts'
import { AFFILIATION_PERMISSIONS as affiliation } from './affiliation/permissions.ts'
import { CATALOGUE_PERMISSIONS as catalogue } from './catalogue/permissions.ts'
import { COMMUNITY_PERMISSIONS as community } from './community/permissions.ts'
import { IDENTITY_PERMISSIONS as identity } from './identity/permissions.ts'
import { LEARNING_PERMISSIONS as learning } from './learning/permissions.ts'
import { PLAY_PERMISSIONS as play } from './play/permissions.ts'
import { SELLING_PERMISSIONS as selling } from './selling/permissions.ts'

/** A person's role is their `weokto_users.userType`; people of the other site have no staff and are always CLIENT. */
export type Role = UserType

const EVERYONE = [...identity.everyone, ...community.everyone, ...selling.everyone]
const AFFILIATION = [...play.affiliate, ...affiliation.affiliate]
const CATALOGUE = [...catalogue.productManager, ...learning.productManager]
const SUPPORT = [...identity.admin, ...community.admin, ...selling.admin]
const OWNERSHIP = [...identity.owner, ...catalogue.owner, ...play.owner, ...affiliation.owner, ...selling.owner]

/** Everything a person can be allowed to do, named by the shelf that it belongs to and kept on that shelf. */
export const PERMISSIONS = [...EVERYONE, ...AFFILIATION, ...CATALOGUE, ...SUPPORT, ...OWNERSHIP] as const

export type Permission = (typeof PERMISSIONS)[number]

const TABLE: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  CLIENT: new Set(EVERYONE),
  AFFILIATE: new Set([...EVERYONE, ...AFFILIATION]),
  PRODUCT_MANAGER: new Set([...EVERYONE, ...CATALOGUE]),
  ADMIN: new Set([...EVERYONE, ...SUPPORT]),
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

/** Whether the back office opens at all for this role. */
export function isStaff(role: Role): boolean {
  return [...CATALOGUE, ...SUPPORT, ...OWNERSHIP].some((permission) => can(role, permission))
}

/** The roles of weokto.com that look into every community of both sites. */
export const CHAT_STAFF: readonly Role[] = USER_TYPES.filter((role) => can(role, 'community.moderation'))

/** The role a signed-in person has on a site: the second site has no staff, whatever the first one says of them. */
export function roleOn(platform: Platform, userType: UserType): Role {
  return platform === 'WEOKTO' ? userType : 'CLIENT'
}

/** What moves money, changes roles or policy or ends all other sessions needs a sign-in at most this old. */
export const FRESH_SIGN_IN_MS = 15 * 60 * 1000

/** True when the sign-in of a session is recent enough for what `FRESH_SIGN_IN_MS` guards. */
export function isFreshSignIn(authenticatedAt: Date | null, now: Date): boolean {
  if (authenticatedAt === null) return false
  const age = now.getTime() - authenticatedAt.getTime()
  return age >= 0 && age <= FRESH_SIGN_IN_MS
}
