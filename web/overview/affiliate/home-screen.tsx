import '#web/shell/pages.css'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { homeQuery, type AffiliateHome } from '#web/data/overview.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { formatDay } from '#web/ui/format.ts'
import { PageHeader } from '#web/ui/page-header.tsx'
import { Notice } from '#web/ui/states.tsx'
import { levelName } from '#web/affiliation/words.ts'
import { EarningsCard } from './earnings-card.tsx'
import { MoneyFigures } from './money-figures.tsx'
import { NextSteps } from './next-steps.tsx'
import { RecentCard } from './recent-card.tsx'
import { ReleasesCard } from './releases-card.tsx'
import { TrafficCard } from './traffic-card.tsx'

/** What an affiliate looks at ten times a day: the money first, then what moves it. */
export function HomeScreen() {
  const { data } = useSuspenseQuery(homeQuery)
  const { standing } = data
  const guild = standing.guildName
  return (
    <>
      <PageHeader title={m.overview_home_title()} lead={guild ? m.overview_home_guild({ guild }) : m.overview_home_no_guild()} />
      <div className="ui-stack wk-page">
        <Standing standing={standing} />
        <NextSteps home={data} />
        <MoneyFigures home={data} />
        <EarningsCard period={data.period} />
        <TrafficCard home={data} />
        <div className="wk-halves">
          <ReleasesCard releases={data.releases} />
          <RecentCard recent={data.recent} />
        </div>
      </div>
    </>
  )
}

function Standing({ standing }: { standing: AffiliateHome['standing'] }) {
  const { blockedAt, blockedReason, riskLevel } = standing
  return (
    <>
      {blockedAt && (
        <Notice tone="danger" title={m.overview_blocked_title()}>
          {m.overview_blocked_text({ day: formatDay(blockedAt), reason: blockedReason ?? m.overview_blocked_no_reason() })}
        </Notice>
      )}
      {riskLevel !== 'NORMAL' && (
        <Notice tone="warning" title={m.overview_risk_title({ level: levelName(riskLevel) })}>
          <p>{m.overview_risk_text()}</p>
          <Link to="/how" hash="risk">
            {m.overview_risk_link()}
          </Link>
        </Notice>
      )}
    </>
  )
}
