import { LOCK_PROFILES, type LockProfile } from '#domain/affiliation/enums.ts'
import { extendedPercent } from '#domain/base/policy.ts'
import type { PublicPolicy } from '#domain/base/public-policy.ts'
import { profileWords } from '#web/affiliation/words.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Card } from '#web/ui/card.tsx'
import { formatRate } from '#web/ui/format.ts'
import { formatNumber } from '#web/ui/number-format.ts'
import { Table, type Column } from '#web/ui/table.tsx'
import { WithPolicy } from './with-policy.tsx'

function whenOf(profile: LockProfile, { recentFromDays, validatedFromDays, trustedFromDays }: PublicPolicy['age']): string {
  if (profile === 'NEW') return m.sites_when_new({ to: formatNumber(recentFromDays - 1) })
  if (profile === 'RECENT') return m.sites_when_between({ from: formatNumber(recentFromDays), to: formatNumber(validatedFromDays - 1) })
  if (profile === 'VALIDATED') return m.sites_when_between({ from: formatNumber(validatedFromDays), to: formatNumber(trustedFromDays - 1) })
  return profile === 'TRUSTED' ? m.sites_when_from({ from: formatNumber(trustedFromDays) }) : m.sites_when_level()
}

function cell(percent: number, days: number): string {
  return m.sites_table_cell({ percent: formatRate(percent * 100, 0), days: formatNumber(days) })
}

function columnsOf({ lock: rows, age }: PublicPolicy): Array<Column<LockProfile>> {
  return [
    { key: 'profile', header: m.sites_table_profile(), cell: (profile) => profileWords[profile]() },
    { key: 'when', header: m.sites_table_when(), cell: (profile) => whenOf(profile, age) },
    { key: 'main', header: m.affiliation_main_part(), cell: (profile) => cell(rows[profile].mainPercent, rows[profile].mainLockDays) },
    {
      key: 'extended',
      header: m.affiliation_extended_part(),
      cell: (profile) => cell(extendedPercent(rows[profile]), rows[profile].extendedLockDays),
    },
  ]
}

/** The lock table of the policy in force: nothing in it is written a second time. */
export function LockTable() {
  return (
    <Card title={m.sites_how_table()} flush>
      <p className="how__note">{m.sites_how_table_text()}</p>
      <WithPolicy className="how__table">
        {(policy) => (
          <Table caption={m.sites_table_caption()} columns={columnsOf(policy)} rows={LOCK_PROFILES} rowKey={(profile) => profile} />
        )}
      </WithPolicy>
    </Card>
  )
}
