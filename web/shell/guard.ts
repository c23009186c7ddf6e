import { redirect } from '@tanstack/react-router'
import { ApiError } from '#web/data/api-error.ts'
import { meQuery } from '#web/data/me.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import type { RouterContext } from './context.ts'
import { mayOpen, type Access } from './menu.ts'

type Visit = { context: RouterContext; location: { href: string } }

/** The guard is manners: it spares people a page they cannot use. The API is the wall. */
export async function guard(access: Access, { context, location }: Visit): Promise<void> {
  if (mayOpen(access, null)) return
  const { user, awaitsOwner } = await context.queryClient.ensureQueryData(meQuery)
  // Nobody could be let in anywhere: whoever comes first is shown how the place is opened.
  if (awaitsOwner && !(user && mayOpen(access, user.role))) throw redirect({ to: '/setup' })
  if (!user) throw redirect({ to: '/sign-in', search: { next: location.href } })
  if (!mayOpen(access, user.role)) throw new ApiError('forbidden', 403, m.base_forbidden_text(), {})
}
