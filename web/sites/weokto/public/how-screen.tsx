import './public.css'
import { lazy, Suspense } from 'react'
import { LOCK_PROFILES } from '#domain/affiliation/enums.ts'
import { HOLD_REASONS, holdText } from '#domain/affiliation/hold.ts'
import { DEFAULT_POLICY } from '#domain/base/policy.ts'
import { useLocale } from '#web/data/locale.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Card } from '#web/ui/card.tsx'
import { formatMoney, formatRate } from '#web/ui/format.ts'
import { formatNumber } from '#web/ui/number-format.ts'
import { PageHeader } from '#web/ui/page-header.tsx'
import { Timeline } from '#web/ui/timeline.tsx'
import { levelName } from '#web/affiliation/words.ts'
import { LockTable } from './lock-table.tsx'
import { PublicNav } from './public-nav.tsx'
import { refundExampleCents } from './refund-example.ts'

// The rules themselves are heavier than the page, and what they say depends on the day: they follow the first paint.
const Calculator = lazy(() => import('./calculator.tsx'))

/** How commissions, locks and risk work. Every number comes from the policy and the rules themselves. */
export function HowScreen() {
  return (
    <>
      <PublicNav />
      <PageHeader title={m.sites_how_title()} lead={m.sites_how_lead()} />
      <div className="ui-stack how">
        <Suspense fallback={<span className="ui-skeleton how__calculator" aria-hidden="true" />}>
          <Calculator />
        </Suspense>
        <Card title={m.sites_how_path()}>
          <Timeline steps={pathSteps()} />
        </Card>
        <LockTable />
        <Card title={m.sites_how_refund()}>
          <div className="ui-prose">
            <p>{m.sites_how_refund_text()}</p>
            <p className="ui-muted">{m.sites_how_refund_example({ cents: formatMoney(refundExampleCents()) })}</p>
          </div>
        </Card>
        <Holds />
        <Risk />
        <p className="ui-small ui-muted">{m.sites_how_version({ version: DEFAULT_POLICY.version })}</p>
      </div>
    </>
  )
}

function span(values: readonly number[]) {
  return { from: formatNumber(Math.min(...values)), to: formatNumber(Math.max(...values)) }
}

function pathSteps() {
  const rows = LOCK_PROFILES.map((profile) => DEFAULT_POLICY.lock[profile])
  const percents = span(rows.map((row) => row.mainPercent))
  const main = { min: percents.from, max: percents.to, ...span(rows.map((row) => row.mainLockDays)) }
  const extended = span(rows.map((row) => row.extendedLockDays))
  return [
    { key: 'sale', state: 'done' as const, title: m.sites_path_sale(), text: m.sites_path_sale_text() },
    { key: 'earned', state: 'done' as const, title: m.sites_path_earned(), text: m.sites_path_earned_text() },
    { key: 'main', state: 'upcoming' as const, title: m.sites_path_main(), text: m.sites_path_main_text(main) },
    { key: 'extended', state: 'upcoming' as const, title: m.sites_path_extended(), text: m.sites_path_extended_text(extended) },
  ]
}

function Holds() {
  const locale = useLocale()
  return (
    <Card title={m.sites_how_holds()}>
      <div className="ui-prose">
        <p>{m.sites_how_holds_text({ days: formatNumber(DEFAULT_POLICY.hold.decideWithinDays) })}</p>
        <ul className="how__list">
          {HOLD_REASONS.map((reason) => (
            <li key={reason}>{holdText(reason, 'affiliate', locale)}</li>
          ))}
        </ul>
      </div>
    </Card>
  )
}

function Risk() {
  const { cohortDays, minimumSales, atRiskRate, highRiskRate, extremeProposedRate, cleanDays } = DEFAULT_POLICY.risk
  const sales = formatNumber(minimumSales)
  return (
    <Card title={m.sites_how_risk()} id="risk">
      <div className="ui-prose">
        <p>{m.sites_how_risk_text({ days: formatNumber(cohortDays), sales })}</p>
        <ul className="how__list">
          <li>{m.sites_risk_at({ rate: formatRate(atRiskRate), level: levelName('AT_RISK') })}</li>
          <li>{m.sites_risk_at({ rate: formatRate(highRiskRate), level: levelName('HIGH_RISK') })}</li>
          <li>{m.sites_risk_extreme({ rate: formatRate(extremeProposedRate), level: levelName('EXTREME_RISK') })}</li>
        </ul>
        <p>{m.sites_risk_back({ days: formatNumber(cleanDays), sales })}</p>
        <p className="ui-muted">{m.sites_risk_example({ level: levelName('AT_RISK') })}</p>
      </div>
    </Card>
  )
}
