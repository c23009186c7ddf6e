import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { isStaff } from '#domain/access.ts'
import { answer, client } from '#web/data/client.ts'
import type { Me } from '#web/data/me.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Avatar } from '#web/ui/avatar.tsx'
import { Menu } from '#web/ui/menu.tsx'
import { ButtonLink } from './links.tsx'

/** Sign in, or who one is and the way out. */
export function AccountMenu({ user }: { user: Me['user'] }) {
  const router = useRouter()
  const queryClient = useQueryClient()
  if (!user) {
    return (
      <ButtonLink to="/sign-in" look="primary" size="small">
        {m.ui_sign_in()}
      </ButtonLink>
    )
  }
  async function signOut() {
    await answer(client.api['sign-out'].$post())
    // Nothing that the last person saw may stay in memory.
    queryClient.clear()
    await router.navigate({ to: '/' })
    await router.invalidate()
  }
  const name = user.displayName ?? user.email
  return (
    <Menu
      label={m.ui_account_menu()}
      items={[
        ...(isStaff(user.role)
          ? [{ key: 'admin', label: m.ui_nav_admin(), icon: 'shield' as const, onSelect: () => router.navigate({ to: '/admin' }) }]
          : []),
        { key: 'account', label: m.ui_account(), icon: 'user', onSelect: () => router.navigate({ to: '/account' }) },
        { key: 'out', label: m.ui_sign_out(), icon: 'logout', apart: true, onSelect: signOut },
      ]}
    >
      <Avatar name={name} size="2rem" />
    </Menu>
  )
}
