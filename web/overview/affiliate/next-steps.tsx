import type { AffiliateHome } from '#web/data/overview.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { ButtonLink } from '#web/shell/links.tsx'
import { Card } from '#web/ui/card.tsx'
import type { IconName } from '#web/ui/icon.tsx'

type Step = { key: string; title: string; text: string; icon: IconName; to: string; search?: Record<string, string> }

/** What is missing before money can come, in that order; nothing once a sale is in and a guild is chosen. */
export function stepsOf({ standing, period, money, recent }: AffiliateHome): Step[] {
  const steps: Step[] = []
  const hasSold = recent.length > 0
  if (standing.activeLinks === 0) {
    steps.push({ key: 'link', title: m.overview_next_link(), text: m.overview_next_link_text(), icon: 'link', to: '/marketplace' })
  } else if (period.now.grossClicks === 0) {
    steps.push({ key: 'share', title: m.affiliation_next_share(), text: m.overview_next_share_text(), icon: 'send', to: '/links' })
  }
  if (!standing.guildName) {
    steps.push({ key: 'guild', title: m.community_see_guilds(), text: m.overview_next_guild_text(), icon: 'users', to: '/guilds' })
  }
  if (!hasSold && money.earnedCents === 0) {
    const simulate = { title: m.affiliation_simulate(), text: m.overview_next_simulate_text() }
    steps.push({ key: 'simulate', ...simulate, icon: 'target', to: '/how', search: { simulate: 'first' } })
  }
  return steps
}

export function NextSteps({ home }: { home: AffiliateHome }) {
  const steps = stepsOf(home)
  if (steps.length === 0) return null
  return (
    <Card title={m.overview_next()}>
      <ol className="wk-steps">
        {steps.map(({ key, title, text, icon, to, search }, index) => (
          <li key={key}>
            <p className="ui-muted">{text}</p>
            <ButtonLink to={to} search={search ?? {}} icon={icon} look={index === 0 ? 'primary' : 'secondary'}>
              {title}
            </ButtonLink>
          </li>
        ))}
      </ol>
    </Card>
  )
}
