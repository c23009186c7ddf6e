import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { chooseLocale, localeChoices, useLocale } from '#web/data/locale.ts'
import type { Me } from '#web/data/me.ts'
import { AppShell, type NavItem, type RenderLink } from '#web/ui/app-shell.tsx'
import { LocaleSwitch } from '#web/ui/locale-switch.tsx'
import { AccountMenu } from './account-menu.tsx'

const renderLink: RenderLink = ({ href, className, children }) => (
  <Link to={href} className={className} activeOptions={{ exact: href === '/' }}>
    {children}
  </Link>
)

type SiteFrameProps = { mark: ReactNode; name: string; user: Me['user']; nav: readonly NavItem[]; children: ReactNode }

/** The primitives' shell joined to the router, the reader's language and the person signed in. */
export function SiteFrame({ mark, name, user, nav, children }: SiteFrameProps) {
  const locale = useLocale()
  return (
    <AppShell
      brand={
        <Link to="/" className="ui-brand">
          {mark}
          {name}
        </Link>
      }
      end={
        <>
          <LocaleSwitch locales={localeChoices} current={locale} onLocale={chooseLocale} />
          <AccountMenu user={user} />
        </>
      }
      nav={nav}
      renderLink={renderLink}
    >
      {children}
    </AppShell>
  )
}
