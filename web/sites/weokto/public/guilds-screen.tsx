import './public.css'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { guildsQuery, type Guild } from '#web/data/communities.ts'
import { meQuery } from '#web/data/me.ts'
import { ButtonLink } from '#web/shell/links.tsx'
import * as m from '#web/i18n/paraglide/messages.js'
import { Avatar } from '#web/ui/avatar.tsx'
import { Badge } from '#web/ui/badge.tsx'
import { Card } from '#web/ui/card.tsx'
import { PageHeader } from '#web/ui/page-header.tsx'
import { EmptyState } from '#web/ui/states.tsx'
import { ShapeBlocks } from '#web/sites/outline/shape-blocks.tsx'
import { PublicNav } from './public-nav.tsx'

/** The guilds as they are: nothing is said of them that they do not say themselves. */
export function GuildsScreen() {
  const { user } = useSuspenseQuery(meQuery).data
  const start = !user && (
    <ButtonLink to="/sign-in" look="primary">
      {m.sites_landing_start()}
    </ButtonLink>
  )
  return (
    <>
      <PublicNav />
      <PageHeader title={m.sites_guilds_title()} lead={m.sites_guilds_lead()} action={start} />
      <Suspense fallback={<ShapeBlocks shape="cards" />}>
        <Guilds />
      </Suspense>
    </>
  )
}

function Guilds() {
  const { guilds } = useSuspenseQuery(guildsQuery).data
  if (guilds.length === 0) {
    return (
      <EmptyState icon="users" title={m.sites_guilds_none()} action={<ButtonLink to="/how">{m.sites_guilds_how()}</ButtonLink>}>
        {m.sites_guilds_none_text()}
      </EmptyState>
    )
  }
  return (
    <ul className="ui-grid ui-grid--wide">
      {guilds.map((guild) => (
        <li key={guild.slug}>
          <GuildCard guild={guild} />
        </li>
      ))}
    </ul>
  )
}

function GuildCard({ guild: { name, products } }: { guild: Guild }) {
  return (
    <Card className="guild">
      <div className="ui-row">
        <Avatar name={name} />
        <h2>{name}</h2>
      </div>
      <p className="ui-small ui-muted">{products.length === 0 ? m.sites_guilds_products_none() : m.sites_guilds_products()}</p>
      <ul className="guild__tiers">
        {products.map((product) => (
          <li key={product.id}>
            <p className="ui-strong">
              {product.name} {product.isFree && <Badge tone="success">{m.sites_guilds_free()}</Badge>}
            </p>
            {product.description && <p className="ui-small ui-muted">{product.description}</p>}
          </li>
        ))}
      </ul>
    </Card>
  )
}
