import { useRouter } from '@tanstack/react-router'
import { can, isStaff } from '#domain/access.ts'
import { messageOf } from '#web/data/api-error.ts'
import type { Me } from '#web/data/me.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Avatar } from '#web/ui/avatar.tsx'
import { Menu, type MenuItem } from '#web/ui/menu.tsx'
import { toast } from '#web/ui/toasts.tsx'
import { useSignOut } from './use-sign-out.ts'

/** Who one is, where one's own things are, and the way out. */
export default function UserMenu({ user }: { user: NonNullable<Me['user']> }) {
  const router = useRouter()
  const leave = useSignOut((error) => toast(messageOf(error), 'info'))
  const items: MenuItem[] = [
    { key: 'account', label: m.base_account(), icon: 'user', onSelect: () => router.navigate({ to: '/account' }) },
    { key: 'out', label: m.base_sign_out(), icon: 'logout', apart: true, onSelect: () => leave.mutate() },
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
