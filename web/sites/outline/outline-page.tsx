import type { ReactNode } from 'react'
import { localeChoices, useLocale } from '#web/data/locale.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { AppShell, type RenderLink } from '#web/ui/app-shell.tsx'
import { LinkButton } from '#web/ui/button.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { LocaleSwitch } from '#web/ui/locale-switch.tsx'
import { outlineOf, type Outline, type Shape, type SiteOutlines, type Viewer } from './outline.ts'
import { ShapeBlocks } from './shape-blocks.tsx'

type OutlinePageProps = { outlines: SiteOutlines; path: string; viewer: Viewer; brand: ReactNode }

/**
 * A page as it stands in the HTML, of the same measures as what takes its place: the frame with links that work without a program, the title, and
 * blocks where the rest will be. It holds nothing of anybody.
 */
export function OutlinePage({ outlines, path, viewer, brand }: OutlinePageProps) {
  const outline = outlineOf(outlines, path, viewer)
  const inCheckout = outline.frame === 'checkout'
  return (
    <AppShell
      brand={brand}
      end={<End outline={outline} viewer={viewer} />}
      nav={viewer === 'visitor' || inCheckout ? [] : doorsOf(outlines, outline)}
      renderLink={doorAt(path)}
    >
      {inCheckout ? (
        <div className="checkout">
          <Page outline={outline} />
        </div>
      ) : (
        <Page outline={outline} />
      )}
    </AppShell>
  )
}

function doorsOf({ doors }: SiteOutlines, { frame }: Outline) {
  const known = frame === 'office' ? [] : doors().map((door) => ({ ...door, key: door.href }))
  // Where nobody's doors are known yet, their place is kept.
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

function End({ outline, viewer }: { outline: Outline; viewer: Viewer }) {
  const languages = <LocaleSwitch locales={localeChoices} current={useLocale()} />
  if (outline.frame === 'checkout') {
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

function Page({ outline }: { outline: Outline }) {
  const { shape, frame } = outline
  return (
    <div aria-busy="true" className={shape === 'form' ? 'ui-outline-form' : undefined}>
      {frame === 'office' && <div className="ui-outline-tabs" />}
      <Header outline={outline} />
      <output className="ui-hidden">{m.base_loading()}</output>
      <ShapeBlocks shape={shape} />
    </div>
  )
}

function Header({ outline: { title, lead, shape } }: { outline: Outline }) {
  if (HEADLESS.has(shape)) return null
  if (!title) return <span className="ui-skeleton ui-skeleton--title" aria-hidden="true" />
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
