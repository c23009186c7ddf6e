import type { ReactNode } from 'react'
import { localeChoices, useLocale } from '#web/data/locale.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { AppShell, type RenderLink } from '#web/ui/app-shell.tsx'
import { LinkButton } from '#web/ui/button.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { LocaleSwitch } from '#web/ui/locale-switch.tsx'
import type { Site } from '#web/sites/site.ts'
import { drawnOf, knownDoors, type Drawn } from './drawn.ts'
import type { Shape, Viewer } from './outline.ts'
import { ShapeBlocks } from './shape-blocks.tsx'

type OutlinePageProps = { site: Site; path: string; viewer: Viewer; brand: ReactNode }

/**
 * A page as it stands in the HTML, of the same measures as what takes its place: the frame with links that work without a program, the title, and
 * blocks where the rest will be. It holds nothing of anybody.
 */
export function OutlinePage({ site, path, viewer, brand }: OutlinePageProps) {
  const drawn = drawnOf(site, path, viewer)
  const inCheckout = drawn.page.frame === 'checkout'
  return (
    <AppShell
      brand={brand}
      end={<End inCheckout={inCheckout} viewer={viewer} />}
      nav={viewer === 'visitor' || inCheckout ? [] : doorsOf(site, drawn)}
      renderLink={doorAt(path)}
    >
      {inCheckout ? (
        <div className="checkout">
          <Body drawn={drawn} />
        </div>
      ) : (
        <Body drawn={drawn} />
      )}
    </AppShell>
  )
}

function doorsOf(site: Site, drawn: Drawn) {
  const known = knownDoors(site, drawn)
  return known.length > 0 ? known : ['1', '2', '3'].map((key) => ({ key, label: '', icon: 'more' as const, href: '' }))
}

function doorAt(path: string): RenderLink {
  return ({ href, className, children }) =>
    href === '' ? (
      <span className={className} aria-hidden="true">
        <span className="ui-skeleton ui-skeleton--door" />
      </span>
    ) : (
      <a href={href} className={className} aria-current={href === path ? 'page' : undefined}>
        {children}
      </a>
    )
}

function End({ inCheckout, viewer }: { inCheckout: boolean; viewer: Viewer }) {
  const languages = <LocaleSwitch locales={localeChoices} current={useLocale()} />
  if (inCheckout) {
    return (
      <>
        <span className="checkout-safe">
          <Icon name="lock" />
          <span className="checkout-safe__words">{m.selling_checkout_secure()}</span>
        </span>
        {languages}
      </>
    )
  }
  return (
    <>
      {languages}
      {viewer === 'member' ? (
        <span className="ui-button ui-button--quiet ui-button--menu" />
      ) : (
        <LinkButton href="/sign-in" look="primary" size="small">
          {m.base_sign_in()}
        </LinkButton>
      )}
    </>
  )
}

function Body({ drawn }: { drawn: Drawn }) {
  const { shape, inOffice } = drawn.outline
  return (
    <div aria-busy="true" className={shape === 'form' ? 'ui-outline-form' : undefined}>
      {(inOffice ?? drawn.page.menus?.office) && <div className="ui-outline-tabs" />}
      <Header drawn={drawn} />
      <output className="ui-hidden">{m.base_loading()}</output>
      <ShapeBlocks shape={shape} />
    </div>
  )
}

function Header({ drawn: { title, outline } }: { drawn: Drawn }) {
  const { lead, shape, ownHeading } = outline
  if (HEADLESS.has(shape)) return null
  if (ownHeading) return <span className="ui-skeleton ui-skeleton--title" aria-hidden="true" />
  return (
    <header className="ui-page-header">
      <div>
        <h1>{title()}</h1>
        {lead && <p className="ui-page-header__lead">{lead()}</p>}
      </div>
    </header>
  )
}

/** Their title stands within them, or they have none above. */
const HEADLESS: ReadonlySet<Shape> = new Set(['chat', 'order', 'missing'])
