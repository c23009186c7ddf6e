import type { ReactNode } from 'react'
import { chooseLocale, localeChoices, useLocale } from '#web/data/locale.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { AppShell, type NavItem, type RenderLink } from '#web/ui/app-shell.tsx'
import { LocaleSwitch } from '#web/ui/locale-switch.tsx'
import { PageHeader } from '#web/ui/page-header.tsx'
import { ButtonSection } from './button-section.tsx'
import { ChartSection } from './chart-section.tsx'
import { FeedbackSection } from './feedback-section.tsx'
import { FieldSection } from './field-section.tsx'
import { FigureSection } from './figure-section.tsx'
import { OverlaySection } from './overlay-section.tsx'
import { TableSection } from './table-section.tsx'
import { WaySection } from './way-section.tsx'

function sections(): NavItem[] {
  return [
    { key: 'buttons', label: m.styleguide_buttons(), icon: 'target', href: '#buttons' },
    { key: 'fields', label: m.styleguide_fields(), icon: 'edit', href: '#fields' },
    { key: 'figures', label: m.styleguide_figures(), icon: 'money', href: '#figures' },
    { key: 'table', label: m.styleguide_table(), icon: 'filter', href: '#table' },
    {
      key: 'feedback',
      label: m.styleguide_feedback(),
      icon: 'bell',
      href: '#feedback',
      count: 3,
      countLabel: m.styleguide_unread(),
    },
    { key: 'overlays', label: m.styleguide_overlays(), icon: 'copy', href: '#overlays', deskOnly: true },
    { key: 'charts', label: m.styleguide_charts(), icon: 'chart', href: '#charts', deskOnly: true },
    { key: 'ways', label: m.styleguide_ways(), icon: 'home', href: '#ways', deskOnly: true },
  ]
}

const renderLink: RenderLink = ({ href, className, children }) => (
  <a href={href} className={className} aria-current={href === '#buttons' ? 'page' : undefined}>
    {children}
  </a>
)

/** Every primitive in every state, in the theme of the site that shows it. Screens are made of nothing else. */
export function Styleguide({ name, mark }: { name: string; mark: ReactNode }) {
  const locale = useLocale()
  return (
    <AppShell
      brand={
        <a className="ui-brand" href="/">
          {mark}
          {name}
        </a>
      }
      end={<LocaleSwitch locales={localeChoices} current={locale} onLocale={chooseLocale} />}
      nav={sections()}
      renderLink={renderLink}
    >
      <PageHeader title={m.styleguide_title()} lead={m.styleguide_lead()} />
      <div className="ui-stack">
        <ButtonSection />
        <FieldSection />
        <FigureSection />
        <TableSection />
        <FeedbackSection />
        <OverlaySection />
        <ChartSection />
        <WaySection />
      </div>
    </AppShell>
  )
}
