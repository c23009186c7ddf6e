import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { can, isStaff } from '#domain/access.ts'
import { messageOf } from '#web/data/api-error.ts'
import { answer, client } from '#web/data/client.ts'
import { forgetKept } from '#web/data/forget-kept.ts'
import type { Me } from '#web/data/me.ts'
import { tellTabs } from '#web/data/tabs.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Avatar } from '#web/ui/avatar.tsx'
import { Menu, type MenuItem } from '#web/ui/menu.tsx'
import { toast } from '#web/ui/toasts.tsx'

/** Who one is, where one's own things are, and the way out. */
export default function UserMenu({ user }: { user: NonNullable<Me['user']> }) {
  const router = useRouter()
  const queryClient = useQueryClient()

  async function signOut() {
    try {
      await answer(client.api['sign-out'].$post())
    } catch (error) {
      return toast(messageOf(error), 'info')
    }
    // Nothing that the last person saw or wrote may stay, in memory or on the device.
    forgetKept()
    tellTabs()
    queryClient.clear()
    await router.navigate({ to: '/' })
    await router.invalidate()
  }
  const items: MenuItem[] = [
    { key: 'account', label: m.base_account(), icon: 'user', onSelect: () => router.navigate({ to: '/account' }) },
    { key: 'out', label: m.base_sign_out(), icon: 'logout', apart: true, onSelect: signOut },
  ]
  // The phone's bottom bar has no room for it.
  if (can(user.role, 'affiliation.own_ledger')) {
    items.unshift({ key: 'ledger', label: m.base_nav_ledger(), icon: 'wallet', onSelect: () => router.navigate({ to: '/ledger' }) })
  }
  if (isStaff(user.role)) {
    items.unshift({ key: 'admin', label: m.base_nav_admin(), icon: 'shield', onSelect: () => router.navigate({ to: '/admin' }) })
  }
  return (
    <Menu label={m.base_account_menu()} items={items}>
      <Avatar name={user.displayName ?? user.email} size="2rem" />
    </Menu>
  )
}
