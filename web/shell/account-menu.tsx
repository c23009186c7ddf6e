import { lazy, Suspense } from 'react'
import type { Me } from '#web/data/me.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { ButtonLink } from './links.tsx'

// A visitor's first page has no use for it.
const UserMenu = lazy(() => import('./user-menu.tsx'))

/** Sign in, or the menu of who one is; its place is kept while it loads. */
export function AccountMenu({ user }: { user: Me['user'] }) {
  if (user) {
    return (
      <Suspense fallback={<span className="ui-button ui-button--quiet ui-button--menu" />}>
        <UserMenu user={user} />
      </Suspense>
    )
  }
  return (
    <ButtonLink to="/sign-in" look="primary" size="small">
      {m.base_sign_in()}
    </ButtonLink>
  )
}
