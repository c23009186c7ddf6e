import type { ReactNode } from 'react'
import * as m from '#web/i18n/paraglide/messages.js'
import { Icon, type IconName } from './icon.tsx'
import { SkipLink } from './skip-link.tsx'
import { Toaster } from './toasts.tsx'
import { classNames } from './class-names.ts'
import { formatNumber } from './number-format.ts'

export type NavItem = {
  key: string
  label: string
  icon: IconName
  href: string
  /** Unread or waiting; spoken with the label. */
  count?: number
  countLabel?: string
  /** Begins a group of the side rail under this title. */
  group?: string
  /** Not in the phone's bottom bar, which holds five at most. */
  deskOnly?: boolean
}

/** How a navigation link is drawn by the router in use; it sets aria-current="page" when active. */
export type RenderLink = (props: { href: string; className: string; children: ReactNode }) => ReactNode

type AppShellProps = {
  brand: ReactNode
  /** Menus at the end of the top bar. */
  end?: ReactNode
  nav?: readonly NavItem[]
  renderLink: RenderLink
  children: ReactNode
}

const NO_NAVIGATION: readonly NavItem[] = []

/** A top bar and a bottom bar on a phone; the same navigation as a side rail on a desk. */
export function AppShell({ brand, end, nav = NO_NAVIGATION, renderLink, children }: AppShellProps) {
  const hasNav = nav.length > 0
  return (
    <div className={classNames('ui-shell', hasNav && 'ui-shell--with-nav')}>
      <SkipLink />
      <header className="ui-shell__top">
        {brand}
        <div className="ui-shell__end">{end}</div>
      </header>
      {hasNav && (
        <nav className="ui-shell__rail" aria-label={m.base_main_navigation()}>
          <ul className="ui-nav">
            {nav.map((item) => (
              <NavRow key={item.key} item={item} renderLink={renderLink} />
            ))}
          </ul>
        </nav>
      )}
      <main id="main" tabIndex={-1} className="ui-shell__main">
        {children}
      </main>
      <Toaster />
    </div>
  )
}

function NavRow({ item, renderLink }: { item: NavItem; renderLink: RenderLink }) {
  const content = (
    <>
      <Icon name={item.icon} />
      <span>{item.label}</span>
      {item.count !== undefined && item.count > 0 && (
        <span className="ui-nav__count">
          {formatNumber(item.count)}
          <span className="ui-hidden"> {item.countLabel}</span>
        </span>
      )}
    </>
  )
  return (
    <>
      {item.group && <li className="ui-nav__group">{item.group}</li>}
      <li className={item.deskOnly ? 'ui-nav__desk' : undefined}>
        {renderLink({ href: item.href, className: 'ui-nav__link', children: content })}
      </li>
    </>
  )
}
