import './public.css'
import { useSuspenseQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { meQuery } from '#web/data/me.ts'
import { ButtonLink } from '#web/shell/links.tsx'
import * as m from '#web/i18n/paraglide/messages.js'
import { PageHeader } from '#web/ui/page-header.tsx'
import { Notice } from '#web/ui/states.tsx'
import { PublicNav } from './public-nav.tsx'

const ExampleCard = lazy(() => import('./example-card.tsx'))

/** What this site is, in words that can be checked, and one sale worked out by the rules that pay. */
export function LandingScreen() {
  const { user } = useSuspenseQuery(meQuery).data
  return (
    <>
      <PublicNav />
      <div className="landing">
        <div className="ui-stack">
          <PageHeader title={m.sites_landing_title()} lead={m.sites_landing_lead()} />
          {user && <Notice>{m.sites_landing_member()}</Notice>}
          <div className="ui-row">
            {!user && (
              <ButtonLink to="/sign-in" look="primary" size="large">
                {m.sites_landing_start()}
              </ButtonLink>
            )}
            <ButtonLink to="/how" search={{ simulate: 'first' }} size="large" icon="target">
              {m.affiliation_simulate()}
            </ButtonLink>
          </div>
        </div>
        <Suspense fallback={<span className="ui-skeleton landing__example" aria-hidden="true" />}>
          <ExampleCard />
        </Suspense>
      </div>
      <Points />
    </>
  )
}

function Points() {
  const points = [
    { title: m.sites_point_link(), text: m.sites_point_link_text() },
    { title: m.sites_point_clicks(), text: m.sites_point_clicks_text() },
    { title: m.sites_point_commission(), text: m.sites_point_commission_text() },
    { title: m.sites_point_ledger(), text: m.sites_point_ledger_text() },
    { title: m.sites_point_guild(), text: m.sites_point_guild_text() },
    { title: m.sites_point_honest(), text: m.sites_point_honest_text() },
  ]
  return (
    <ol className="points">
      {points.map(({ title, text }) => (
        <li key={title}>
          <h2>{title}</h2>
          <p>{text}</p>
        </li>
      ))}
    </ol>
  )
}
