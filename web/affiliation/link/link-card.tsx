import { productWithin } from '#web/affiliation/words.ts'
import type { OwnLink } from '#web/data/links.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { StatusBadge } from '#web/ui/badge.tsx'
import { Button } from '#web/ui/button.tsx'
import { Card } from '#web/ui/card.tsx'
import { CopyButton } from '#web/ui/copy-button.tsx'
import { formatDay, formatMoney } from '#web/ui/format.ts'
import { formatNumber } from '#web/ui/number-format.ts'
import { Menu, type MenuItem } from '#web/ui/menu.tsx'
import { useLinkChange } from './use-link-change.ts'

/** What a link is called: its own name, else what it leads to. */
export function linkName({ label, productName, communityName }: OwnLink): string {
  return label ?? productName ?? communityName
}

type LinkCardProps = { link: OwnLink; onShare: () => void; onEdit: () => void }

export function LinkCard({ link, onShare, onEdit }: LinkCardProps) {
  const change = useLinkChange()
  const name = linkName(link)
  const target = link.productName
    ? productWithin(link.productName, link.communityName)
    : `${link.communityName}, ${m.affiliation_links_whole()}`
  const details = [
    link.label ? target : '',
    link.campaign ? m.affiliation_links_campaign({ campaign: link.campaign }) : '',
    link.toPath ? m.affiliation_links_path({ path: link.toPath }) : '',
    m.affiliation_links_since({ day: formatDay(link.createdAt) }),
  ]
  const items: MenuItem[] = [
    { key: 'edit', label: m.affiliation_links_edit(), icon: 'edit', onSelect: onEdit },
    ...stateItems(link, (body, text) => change.mutate({ id: link.id, change: body, text })),
  ]
  return (
    <Card className="link-card">
      <div className="link-card__head">
        <div>
          <h2>{name}</h2>
          <p className="ui-small ui-muted">{details.filter(Boolean).join(' · ')}</p>
        </div>
        <Menu label={m.affiliation_links_more({ name })} items={items} />
      </div>
      <LinkState state={link.state} />
      <p className="wk-address">{link.url}</p>
      <div className="ui-row">
        <CopyButton text={link.url} look="primary" size="small" />
        <Button icon="send" size="small" onClick={onShare}>
          {m.affiliation_links_share()}
        </Button>
      </div>
      <Figures stats={link.stats} />
    </Card>
  )
}

function stateItems({ state }: OwnLink, change: (body: { isActive?: boolean; isArchived?: boolean }, text: string) => void): MenuItem[] {
  const pause = () => change({ isActive: false }, m.affiliation_links_done_paused())
  const resume = () => change({ isActive: true }, m.affiliation_links_done_resumed())
  const archive = () => change({ isArchived: true }, m.affiliation_links_done_archived())
  if (state === 'archived') return [{ key: 'back', label: m.affiliation_links_unarchive(), icon: 'refresh', onSelect: resume }]
  const toggle: MenuItem =
    state === 'active'
      ? { key: 'pause', label: m.affiliation_links_pause(), icon: 'clock', onSelect: pause }
      : { key: 'resume', label: m.affiliation_links_resume(), icon: 'refresh', onSelect: resume }
  return [toggle, { key: 'archive', label: m.affiliation_links_archive(), icon: 'trash', tone: 'danger', apart: true, onSelect: archive }]
}

function LinkState({ state }: { state: OwnLink['state'] }) {
  if (state === 'active') return <StatusBadge tone="success" label={m.affiliation_links_active()} />
  if (state === 'paused') return <StatusBadge tone="warning" label={m.affiliation_links_paused()} why={m.affiliation_links_paused_why()} />
  return <StatusBadge tone="neutral" label={m.affiliation_links_archived()} why={m.affiliation_links_archived_why()} />
}

function Figures({ stats }: { stats: OwnLink['stats'] }) {
  const figures = [
    { label: m.affiliation_gross(), value: formatNumber(stats.grossClicks) },
    { label: m.affiliation_unique(), value: formatNumber(stats.uniqueClicks) },
    { label: m.affiliation_filtered(), value: formatNumber(stats.filteredClicks) },
    { label: m.affiliation_sales(), value: formatNumber(stats.salesCount) },
    { label: m.affiliation_commissions(), value: formatMoney(stats.commissionCents) },
  ]
  return (
    <dl className="link-card__figures">
      {figures.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
