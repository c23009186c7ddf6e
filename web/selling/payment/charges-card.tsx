import { floorDiv, RATE_SCALE, times } from '#domain/base/money.ts'
import type { Overview } from '#web/data/overview.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Badge } from '#web/ui/badge.tsx'
import { Card } from '#web/ui/card.tsx'
import { formatRate } from '#web/ui/format.ts'
import { formatNumber } from '#web/ui/number-format.ts'
import { Notice } from '#web/ui/states.tsx'
import { Table, type Column } from '#web/ui/table.tsx'

type Charges = Overview['charges']
type Row = Charges['buttons'][number]

/** What the banks refuse at each button, and what is slowed down now: how stolen cards that are being tried out show first. */
export function ChargesCard({ charges }: { charges: Charges }) {
  const { buttons, brakedNetworks, brakedCards } = charges
  return (
    <Card title={m.selling_charges()} flush={buttons.length > 0}>
      {(brakedNetworks > 0 || brakedCards > 0) && (
        <Notice tone="warning" title={m.selling_charges_braked()}>
          {m.selling_charges_braked_text({ networks: formatNumber(brakedNetworks), cards: formatNumber(brakedCards) })}
        </Notice>
      )}
      {buttons.length === 0 ? (
        <p className="ui-muted">{m.selling_charges_none()}</p>
      ) : (
        <Table caption={m.selling_charges()} columns={columns()} rows={buttons} rowKey={(row) => row.buttonKey} />
      )}
    </Card>
  )
}

function columns(): Column<Row>[] {
  return [
    { key: 'button', header: m.selling_charges_button(), cell: button },
    { key: 'hour', header: m.selling_charges_hour(), cell: ({ hour }) => share(hour), end: true },
    { key: 'day', header: m.selling_charges_day(), cell: ({ day }) => share(day), end: true },
  ]
}

function button({ buttonKey, productName, isBraked }: Row) {
  return (
    <span className="wk-part">
      <span>
        {productName} {isBraked && <Badge tone="warning">{m.selling_charges_slowed()}</Badge>}
      </span>
      <span className="ui-small ui-muted">{buttonKey}</span>
    </span>
  )
}

/** « 24 refusés sur 200 · 12 % » */
function share({ charges, refused }: Row['day']) {
  if (charges === 0) return m.selling_charges_nothing()
  const rate = formatRate(floorDiv(times(refused, RATE_SCALE), charges), 0)
  return m.selling_charges_share({ count: refused, refused: formatNumber(refused), charges: formatNumber(charges), rate })
}
