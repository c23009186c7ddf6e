import './checkout.css'
import { Link, Outlet } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { chooseLocale, localeChoices, useLocale } from '#web/data/locale.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { AppShell } from '#web/ui/app-shell.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { LocaleSwitch } from '#web/ui/locale-switch.tsx'

/** The frame of paying: the site's name, the language and nothing that leads away. */
export function CheckoutFrame({ mark, name }: { mark: ReactNode; name: string }) {
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
          <span className="checkout-safe">
            <Icon name="lock" />
            <span className="checkout-safe__words">{m.selling_checkout_secure()}</span>
          </span>
          <LocaleSwitch locales={localeChoices} current={locale} onLocale={chooseLocale} />
        </>
      }
      renderLink={({ href, className, children }) => (
        <Link to={href} className={className}>
          {children}
        </Link>
      )}
    >
      <div className="checkout">
        <Outlet />
      </div>
    </AppShell>
  )
}
