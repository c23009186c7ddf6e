import './public.css'
import { lazy, Suspense } from 'react'
import { LOCK_PROFILES } from '#domain/affiliation/enums.ts'
import { HOLD_REASONS, holdText } from '#domain/affiliation/hold.ts'
import { riskExample } from '#domain/affiliation/risk.ts'
import type { PublicPolicy } from '#domain/base/public-policy.ts'
import { useLocale } from '#web/data/locale.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Card } from '#web/ui/card.tsx'
import { formatDay, formatMoney, formatRate } from '#web/ui/format.ts'
import { formatNumber } from '#web/ui/number-format.ts'
import { PageHeader } from '#web/ui/page-header.tsx'
import { Timeline } from '#web/ui/timeline.tsx'
import { levelName } from '#web/affiliation/words.ts'
import { LockTable } from './lock-table.tsx'
import { PublicNav } from './public-nav.tsx'
import { refundExampleCents } from './refund-example.ts'
import { WithPolicy } from './with-policy.tsx'

// The rules themselves are heavier than the page, and what they say depends on the day: they follow the first paint.
const Calculator = lazy(() => import('./calculator.tsx'))

/** How commissions, locks and risk work. Every number comes from the policy in force and the rules themselves. */
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
          <WithPolicy>{(policy) => <Timeline steps={pathSteps(policy)} />}</WithPolicy>
        </Card>
        <LockTable />
        <Card title={m.sites_how_refund()}>
          <div className="ui-prose">
            <p>{m.sites_how_refund_text()}</p>
            <WithPolicy className="how__line">
              {(policy) => <p className="ui-muted">{m.sites_how_refund_example({ cents: formatMoney(refundExampleCents(policy)) })}</p>}
            </WithPolicy>
          </div>
        </Card>
        <Holds />
        <Risk />
        <WithPolicy className="how__line">
          {({ version, validFrom }) => (
            <p className="ui-small ui-muted">{m.sites_how_version({ version: formatNumber(version), day: formatDay(validFrom) })}</p>
          )}
        </WithPolicy>
      </div>
    </>
  )
}

function span(values: readonly number[]) {
  return { from: formatNumber(Math.min(...values)), to: formatNumber(Math.max(...values)) }
}

function pathSteps({ lock }: PublicPolicy) {
  const rows = LOCK_PROFILES.map((profile) => lock[profile])
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
        <WithPolicy className="how__line">
          {({ hold }) => <p>{m.sites_how_holds_text({ days: formatNumber(hold.decideWithinDays) })}</p>}
        </WithPolicy>
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
  return (
    <Card title={m.sites_how_risk()} id="risk">
      <WithPolicy>{(policy) => <RiskRules policy={policy} />}</WithPolicy>
    </Card>
  )
}

function RiskRules({ policy }: { policy: PublicPolicy }) {
  const { cohortDays, minimumSales, atRiskRate, highRiskRate, extremeProposedRate, cleanDays } = policy.risk
  const sales = formatNumber(minimumSales)
  const example = riskExample(policy)
  return (
    <div className="ui-prose">
      <p>{m.sites_how_risk_text({ days: formatNumber(cohortDays), sales })}</p>
      <ul className="how__list">
        <li>{m.sites_risk_at({ rate: formatRate(atRiskRate), level: levelName('AT_RISK') })}</li>
        <li>{m.sites_risk_at({ rate: formatRate(highRiskRate), level: levelName('HIGH_RISK') })}</li>
        <li>{m.sites_risk_extreme({ rate: formatRate(extremeProposedRate), level: levelName('EXTREME_RISK') })}</li>
      </ul>
      <p>{m.sites_risk_back({ days: formatNumber(cleanDays), sales })}</p>
      <p className="ui-muted">
        {m.sites_risk_example({
          refunded: formatNumber(example.refunded),
          sales: formatNumber(example.sales),
          rate: formatRate(example.refundRate, 1),
          level: levelName(example.level),
        })}
      </p>
    </div>
  )
}
