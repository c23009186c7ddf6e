import { Link } from '@tanstack/react-router'
import * as m from '#web/i18n/paraglide/messages.js'

/** The three pages that need no account. */
export function PublicNav() {
  return (
    <nav className="public-nav" aria-label={m.sites_nav()}>
      <Link to="/" activeOptions={{ exact: true }}>
        {m.sites_nav_home()}
      </Link>
      <Link to="/how">{m.sites_nav_how()}</Link>
      <Link to="/guilds">{m.sites_nav_guilds()}</Link>
    </nav>
  )
}
