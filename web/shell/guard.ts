import { redirect } from '@tanstack/react-router'
import { can, isStaff, type Permission } from '#domain/access.ts'
import { ApiError } from '#web/data/api-error.ts'
import { meQuery, type Me } from '#web/data/me.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import type { RouterContext } from './context.ts'

type Visit = { context: RouterContext; location: { href: string } }
type User = NonNullable<Me['user']>

/** The guard is manners: it spares people a page they cannot use. The API is the wall. */
async function signedInUser({ context, location }: Visit): Promise<User> {
  const me = await context.queryClient.ensureQueryData(meQuery)
  if (!me.user) throw redirect({ to: '/sign-in', search: { next: location.href } })
  return me.user
}

function refuse(): never {
  throw new ApiError('forbidden', 403, m.base_forbidden_text(), {})
}

/** `beforeLoad: signedIn`: everyone who has signed in. */
export async function signedIn(visit: Visit) {
  return { user: await signedInUser(visit) }
}

/** `beforeLoad: mayDo('affiliation.links')`: who has this permission in the one table. */
export function mayDo(permission: Permission) {
  return async (visit: Visit) => {
    const user = await signedInUser(visit)
    return can(user.role, permission) ? { user } : refuse()
  }
}

/** `beforeLoad: staffOnly`: who has a back office at all. */
export async function staffOnly(visit: Visit) {
  const user = await signedInUser(visit)
  return isStaff(user.role) ? { user } : refuse()
}
