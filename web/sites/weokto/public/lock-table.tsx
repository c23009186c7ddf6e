import { LOCK_PROFILES, type LockProfile } from '#domain/affiliation/enums.ts'
import { DEFAULT_POLICY, extendedPercent } from '#domain/base/policy.ts'
import { profileWords } from '#web/affiliation/words.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Card } from '#web/ui/card.tsx'
import { formatRate } from '#web/ui/format.ts'
import { formatNumber } from '#web/ui/number-format.ts'
import { Table, type Column } from '#web/ui/table.tsx'

function whenOf(profile: LockProfile): string {
  const { recentFromDays, validatedFromDays, trustedFromDays } = DEFAULT_POLICY.age
  if (profile === 'NEW') return m.sites_when_new({ to: formatNumber(recentFromDays - 1) })
  if (profile === 'RECENT') return m.sites_when_between({ from: formatNumber(recentFromDays), to: formatNumber(validatedFromDays - 1) })
  if (profile === 'VALIDATED') return m.sites_when_between({ from: formatNumber(validatedFromDays), to: formatNumber(trustedFromDays - 1) })
  return profile === 'TRUSTED' ? m.sites_when_from({ from: formatNumber(trustedFromDays) }) : m.sites_when_level()
}

function cell(percent: number, days: number): string {
  return m.sites_table_cell({ percent: formatRate(percent * 100, 0), days: formatNumber(days) })
}

/** The lock table of the policy itself: nothing in it is written a second time. */
export function LockTable() {
  const rows = DEFAULT_POLICY.lock
  const columns: Array<Column<LockProfile>> = [
    { key: 'profile', header: m.sites_table_profile(), cell: (profile) => profileWords[profile]() },
    { key: 'when', header: m.sites_table_when(), cell: whenOf },
    { key: 'main', header: m.affiliation_main_part(), cell: (profile) => cell(rows[profile].mainPercent, rows[profile].mainLockDays) },
    {
      key: 'extended',
      header: m.affiliation_extended_part(),
      cell: (profile) => cell(extendedPercent(rows[profile]), rows[profile].extendedLockDays),
    },
  ]
  return (
    <Card title={m.sites_how_table()} flush>
      <p className="how__note">{m.sites_how_table_text()}</p>
      <Table caption={m.sites_table_caption()} columns={columns} rows={LOCK_PROFILES} rowKey={(profile) => profile} />
    </Card>
  )
}
