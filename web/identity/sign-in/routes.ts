import { lazyRouteComponent, redirect } from '@tanstack/react-router'
import { safePath } from '#domain/base/origin.ts'
import { meQuery } from '#web/data/me.ts'
import type { RouterContext } from '#web/shell/context.ts'
import { anySearch, textOf } from '#web/shell/search.ts'

/** Who is in already goes on. A browser that is limited to one purchase may sign in for the whole account. */
async function visitorsOnly({ context, search }: { context: RouterContext; search: Record<string, unknown> }) {
  const { user } = await context.queryClient.ensureQueryData(meQuery)
  if (user && !user.emailUnconfirmed) throw redirect({ href: safePath(textOf(search, 'next')) ?? '/', replace: true })
}

/** Signing in, the same two pages on both sites: `createRoute({ getParentRoute: () => shell, ...signInRoute })`. */
export const signInRoute = {
  path: 'sign-in',
  validateSearch: anySearch,
  beforeLoad: visitorsOnly,
  component: lazyRouteComponent(() => import('./sign-in-screen.tsx'), 'SignInScreen'),
} as const

export const confirmRoute = {
  path: 'sign-in/confirm',
  component: lazyRouteComponent(() => import('./confirm-screen.tsx'), 'ConfirmScreen'),
} as const
