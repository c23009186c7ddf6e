import { useRouter } from '@tanstack/react-router'
import { messageOf } from '#web/data/api-error.ts'
import type { Me } from '#web/data/me.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Avatar } from '#web/ui/avatar.tsx'
import { Menu, type MenuItem } from '#web/ui/menu.tsx'
import { toast } from '#web/ui/toasts.tsx'
import { accountMenuOf } from './menu.ts'
import { useSignOut } from './use-sign-out.ts'

/** Who one is, where one's own things are, and the way out. */
export default function UserMenu({ user }: { user: NonNullable<Me['user']> }) {
  const router = useRouter()
  const leave = useSignOut((error) => toast(messageOf(error), 'info'))
  const { pages } = router.options.context
  const ways = accountMenuOf(pages, user.role).map(({ path, label, icon }) => ({
    key: path,
    label,
    icon,
    onSelect: () => router.navigate({ to: path }),
  }))
  const leaving: MenuItem = { key: 'out', label: m.base_sign_out(), icon: 'logout', apart: true, onSelect: () => leave.mutate() }
  const items = [...ways, leaving]
  return (
    <Menu label={m.base_account()} items={items}>
      <Avatar name={user.displayName ?? user.email} size="2rem" />
    </Menu>
  )
}
