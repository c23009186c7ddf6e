import * as m from '#web/i18n/paraglide/messages.js'
import { Card } from '#web/ui/card.tsx'
import { DateTime, RelativeTime } from '#web/ui/date-time.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { formatRate } from '#web/ui/format.ts'
import { Money } from '#web/ui/money.tsx'
import { Stat, StatButton, StatLink } from '#web/ui/stat.tsx'
import { toast } from '#web/ui/toasts.tsx'

const RELEASE = '2027-01-06T11:30:00Z'
const TEN_MINUTES = 600_000
const tenMinutesAgo = Date.now() - TEN_MINUTES

export function FigureSection() {
  return (
    <Card title={m.styleguide_figures()} id="figures">
      <div className="ui-stack">
        <div className="ui-grid">
          <StatLink
            href="#table"
            label={m.styleguide_available()}
            value={<Money cents={128_450} />}
            note={m.styleguide_available_note()}
            tone="success"
          />
          <StatLink href="#table" label={m.styleguide_lock()} value={<Money cents={38_412} />} note={m.styleguide_lock_note()} />
          <StatButton
            label={m.styleguide_debt()}
            value={<Money cents={-1_250} />}
            tone="danger"
            note={m.styleguide_debt_note()}
            onOpen={() => toast(m.styleguide_opened(), 'info')}
          />
          <Stat label={m.styleguide_pearls()} value={formatRate(3_000)} note={m.styleguide_rate_note()} tone="upgrade" />
        </div>
        <Facts
          facts={[
            { label: m.styleguide_money_plain(), cents: 4_900 },
            { label: m.styleguide_money_gain(), value: <Money cents={979} signed /> },
            { label: m.styleguide_money_loss(), value: <Money cents={-123_456} signed /> },
            { label: m.styleguide_day(), value: <DateTime at={RELEASE} /> },
            { label: m.styleguide_instant(), value: <DateTime at={RELEASE} show="full" /> },
            { label: m.styleguide_relative(), value: <RelativeTime at={tenMinutesAgo} /> },
            { label: m.styleguide_due(), cents: 4_900, total: true },
          ]}
        />
      </div>
    </Card>
  )
}
