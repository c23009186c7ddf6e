import './public.css'
import { useSuspenseQuery } from '@tanstack/react-query'
import { meQuery } from '#web/data/me.ts'
import { ButtonLink } from '#web/frame/links.tsx'
import * as m from '#web/i18n/paraglide/messages.js'
import { Card } from '#web/ui/card.tsx'
import { PageHeader } from '#web/ui/page-header.tsx'
import { Notice } from '#web/ui/states.tsx'
import { calculate, FIRST_SALE } from './calculate.ts'
import { PublicNav } from './public-nav.tsx'
import { SaleReceipt } from './sale-receipt.tsx'

/** What this site is, in words that can be checked, and one sale worked out by the rules that pay. */
export function LandingScreen() {
  const { user } = useSuspenseQuery(meQuery).data
  return (
    <>
      <PublicNav />
      <div className="landing">
        <div className="ui-stack">
          <PageHeader title={m.public_landing_title()} lead={m.public_landing_lead()} />
          {user && <Notice>{m.public_landing_member()}</Notice>}
          <div className="ui-row">
            {!user && (
              <ButtonLink to="/sign-in" look="primary" size="large">
                {m.public_landing_start()}
              </ButtonLink>
            )}
            <ButtonLink to="/how" search={{ simulate: 'first' }} size="large" icon="target">
              {m.public_calc_simulate()}
            </ButtonLink>
          </div>
        </div>
        <Example />
      </div>
      <Points />
    </>
  )
}

function Example() {
  const sale = calculate(FIRST_SALE, new Date())
  if (!sale) return null
  return (
    <Card title={m.public_landing_example()}>
      <div className="ui-stack">
        <SaleReceipt guess={FIRST_SALE} sale={sale} />
        <p className="ui-small ui-muted">{m.public_landing_example_text()}</p>
      </div>
    </Card>
  )
}

function Points() {
  const points = [
    { title: m.public_point_link(), text: m.public_point_link_text() },
    { title: m.public_point_clicks(), text: m.public_point_clicks_text() },
    { title: m.public_point_commission(), text: m.public_point_commission_text() },
    { title: m.public_point_ledger(), text: m.public_point_ledger_text() },
    { title: m.public_point_guild(), text: m.public_point_guild_text() },
    { title: m.public_point_honest(), text: m.public_point_honest_text() },
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
