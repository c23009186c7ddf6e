import { profileWords } from '#web/affiliation/words.ts'
import type { Commission } from '#web/data/commissions.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Card } from '#web/ui/card.tsx'
import { Facts, type Fact } from '#web/ui/facts.tsx'
import { formatMoney, formatRate } from '#web/ui/format.ts'
import { formatNumber } from '#web/ui/number-format.ts'
import { DatedMoney } from './dated-money.tsx'

type Boost = Commission['calculation']['boosts'][number]

function boostText({ boostType, boostValue }: Boost): string {
  if (boostValue === null) return ''
  if (boostType === 'flat_bonus') return `+ ${formatMoney(Math.floor(boostValue / 100))}`
  return m.affiliation_com_boost_points({ points: formatNumber(boostValue / 10_000, 2) })
}

/** Base × rate (+ boost) = commission, and what of it is kept. */
export function CalculationCard({ commission }: { commission: Commission }) {
  const { calculation, baseCents, rateApplied, totalCents, clawedBackCents, keptCents } = commission
  const isFixed = calculation.rateType === 'fixed'
  const facts: Fact[] = [
    { label: m.affiliation_own_com_base(), cents: baseCents ?? 0 },
    isFixed
      ? { label: m.affiliation_com_rate_fixed(), cents: Math.floor((rateApplied ?? 0) / 100) }
      : { label: m.affiliation_com_rate(), value: formatRate(rateApplied ?? 0) },
    ...calculation.boosts.map((boost) => ({ label: m.affiliation_com_boost_row(), value: boostText(boost) })),
    ...(calculation.boosts.length === 0 ? [{ label: m.affiliation_com_boost_row(), value: m.affiliation_com_no_boost() }] : []),
    { label: m.affiliation_commission(), cents: totalCents, total: true },
    ...(clawedBackCents > 0
      ? [
          { label: m.affiliation_com_clawed(), cents: -clawedBackCents },
          { label: m.affiliation_com_kept_total(), cents: keptCents, total: true },
        ]
      : []),
  ]
  return (
    <Card title={m.affiliation_com_calc()}>
      <Facts facts={facts} />
    </Card>
  )
}

function percentOf(cents: number, total: number): string {
  return total === 0 ? '' : formatRate(Math.round((cents * 100) / total) * 100, 0)
}

/** Two parts, two dates, and the profile that decided them; frozen at the sale. */
export function SplitCard({ commission }: { commission: Commission }) {
  const { calculation, mainCents, extendedCents, totalCents, lockedUntil, extendedLockedUntil, profile, policyVersion } = commission
  const { split, accountAgeDays } = calculation
  const main = split ? formatRate(split.mainPercent * 100, 0) : percentOf(mainCents, totalCents)
  const extended = split ? formatRate(split.extendedPercent * 100, 0) : percentOf(extendedCents, totalCents)
  const facts: Fact[] = [
    { label: m.affiliation_com_main_share({ percent: main }), value: <DatedMoney cents={mainCents} at={lockedUntil} /> },
    {
      label: m.affiliation_com_extended_share({ percent: extended }),
      value: <DatedMoney cents={extendedCents} at={extendedLockedUntil} />,
    },
    ...(profile ? [{ label: m.affiliation_com_profile(), value: profileWords[profile]() }] : []),
    ...(accountAgeDays === null ? [] : [{ label: m.affiliation_com_age(), value: m.affiliation_market_days({ count: accountAgeDays }) }]),
    ...(policyVersion ? [{ label: m.affiliation_com_policy(), value: m.affiliation_com_policy_value({ version: policyVersion }) }] : []),
  ]
  return (
    <Card title={m.affiliation_com_split()}>
      <Facts facts={facts} />
      <p className="ui-small ui-muted">{m.affiliation_com_frozen()}</p>
    </Card>
  )
}
