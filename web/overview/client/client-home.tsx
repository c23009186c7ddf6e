import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { OpenCommunities } from '#web/catalogue/product/open-communities.tsx'
import { communitiesQuery, type CommunityListing } from '#web/data/communities.ts'
import type { Me } from '#web/data/me.ts'
import { accountQuery } from '#web/data/purchases.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { ComingCharges } from '#web/selling/subscription/coming-charges.tsx'
import { ButtonLink } from '#web/shell/links.tsx'
import { Avatar } from '#web/ui/avatar.tsx'
import { Badge } from '#web/ui/badge.tsx'
import { Card } from '#web/ui/card.tsx'
import { formatNumber } from '#web/ui/number-format.ts'
import { PageHeader } from '#web/ui/page-header.tsx'
import { EmptyState } from '#web/ui/states.tsx'

const COUNTS_EVERY_MS = 30_000

/** Where one's communities stand, and what is charged next. */
export default function ClientHome({ user }: { user: NonNullable<Me['user']> }) {
  const { communities } = useSuspenseQuery({ ...communitiesQuery, refetchInterval: COUNTS_EVERY_MS }).data
  const { comingCharges } = useSuspenseQuery(accountQuery).data
  const title = user.displayName ? m.overview_home_title_name({ name: user.displayName }) : m.overview_home_title_stam()
  return (
    <div className="stam-home">
      <PageHeader title={title} />
      {communities.length === 0 ? <NoCommunity /> : <Mine communities={communities} />}
      <Card title={m.selling_coming()} action={<ToAccount />}>
        {comingCharges.length === 0 ? (
          <p className="ui-muted">{m.community_no_next_charge()}</p>
        ) : (
          <ComingCharges charges={comingCharges} />
        )}
      </Card>
    </div>
  )
}

function ToAccount() {
  return (
    <ButtonLink to="/account" look="quiet" size="small">
      {m.overview_home_all_charges()}
    </ButtonLink>
  )
}

function Mine({ communities }: { communities: readonly CommunityListing[] }) {
  return (
    <section aria-labelledby="mine">
      <h2 id="mine" className="stam-home__title">
        {m.overview_home_communities()}
      </h2>
      <ul className="ui-grid">
        {communities.map(({ id, slug, name, unread }) => (
          <li key={id}>
            <Link to="/c/$slug" params={{ slug }} className="stam-mine">
              <Avatar name={name} size="3rem" />
              <span className="stam-mine__name">{name}</span>
              {unread > 0 ? (
                <Badge tone="accent">{m.overview_unread_count({ count: formatNumber(unread) })}</Badge>
              ) : (
                <Badge>{m.overview_all_read()}</Badge>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

function NoCommunity() {
  return (
    <>
      <EmptyState icon="users" title={m.overview_home_none()}>
        {m.overview_home_none_text()}
      </EmptyState>
      <OpenCommunities />
    </>
  )
}
