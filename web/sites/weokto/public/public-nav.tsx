import { Link, useRouter } from '@tanstack/react-router'
import * as m from '#web/i18n/paraglide/messages.js'
import { menuOf } from '#web/shell/menu.ts'

/** The three pages that need no account. */
export function PublicNav() {
  const { pages } = useRouter().options.context
  return (
    <nav className="public-nav" aria-label={m.sites_nav()}>
      {menuOf(pages, 'public', null).map(({ path, label }) => (
        <Link key={path} to={path} activeOptions={{ exact: path === '/' }}>
          {label}
        </Link>
      ))}
    </nav>
  )
}
