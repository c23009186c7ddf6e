import type { ReactNode } from 'react'
import type { AccessType } from '#domain/catalogue/enums.ts'
import { intervalWords } from '#web/catalogue/words.ts'
import type { CatalogueProduct } from '#web/data/products.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Badge, StatusBadge } from '#web/ui/badge.tsx'
import { Card } from '#web/ui/card.tsx'
import { formatDateTime, formatDay, formatMoney } from '#web/ui/format.ts'
import { formatNumber } from '#web/ui/number-format.ts'
import { Money } from '#web/ui/money.tsx'
import { Table, type Column } from '#web/ui/table.tsx'
import { ButtonSnippet } from './button-snippet.tsx'

type Plan = CatalogueProduct['plans'][number]

const accessWords: Record<AccessType, () => string> = {
  community: m.catalogue_access_community,
  formation: m.catalogue_access_formation,
  channel: m.catalogue_access_channel,
  module: m.catalogue_access_module,
}

function State({ state, publishedAt }: CatalogueProduct) {
  if (state === 'inactive') return <StatusBadge tone="neutral" label={m.catalogue_products_inactive()} />
  if (state === 'draft') return <StatusBadge tone="warning" label={m.catalogue_products_draft()} />
  if (state === 'scheduled') {
    const when = publishedAt ? m.catalogue_products_scheduled_for({ when: formatDateTime(publishedAt) }) : undefined
    return <StatusBadge tone="info" label={m.catalogue_products_scheduled()} why={when} />
  }
  const why = publishedAt ? m.base_since({ day: formatDay(publishedAt) }) : undefined
  return <StatusBadge tone="success" label={m.catalogue_products_published()} why={why} />
}

function planTerms({ trialDays, trialCents, setupFeeCents, maxBillingCycles, isActive }: Plan): string {
  const terms = [
    trialDays ? m.catalogue_products_trial({ days: formatNumber(trialDays), price: formatMoney(trialCents ?? 0) }) : '',
    setupFeeCents ? m.catalogue_products_setup({ price: formatMoney(setupFeeCents) }) : '',
    maxBillingCycles ? m.catalogue_products_cycles({ count: maxBillingCycles }) : '',
    isActive ? '' : m.catalogue_products_plan_off(),
  ]
  return terms.filter(Boolean).join(' · ')
}

function planColumns(): Array<Column<Plan>> {
  return [
    {
      key: 'name',
      header: m.catalogue_plan(),
      cell: (plan) => (
        <span className="wk-part">
          {plan.name}
          <span className="ui-small ui-muted">{planTerms(plan)}</span>
        </span>
      ),
    },
    {
      key: 'price',
      header: m.catalogue_products_price(),
      cell: (plan) => (
        <span className="wk-part wk-part--end">
          <Money cents={plan.priceCents} />
          <span className="ui-small ui-muted">{intervalWords[plan.billingInterval]()}</span>
        </span>
      ),
      end: true,
    },
  ]
}

export function ProductCard({ product }: { product: CatalogueProduct }) {
  const { name, shortDescription, communityName, platform, origin, plans, buttons, access } = product
  return (
    <Card className="product">
      <div className="product__head">
        <div>
          <h2>{name}</h2>
          <p className="ui-small ui-muted">
            {communityName} · {platform}
          </p>
        </div>
        <State {...product} />
      </div>
      {shortDescription && <p>{shortDescription}</p>}
      <div className="ui-row">
        {product.isFree && <Badge tone="success">{m.catalogue_products_free()}</Badge>}
        {product.requiresTrial && <Badge tone="info">{m.catalogue_products_trial_first()}</Badge>}
        {product.isFeatured && <Badge tone="accent">{m.catalogue_featured()}</Badge>}
      </div>
      {/* A free product needs neither. */}
      {!(product.isFree && plans.length === 0) && (
        <Part title={m.catalogue_products_plans()} none={plans.length === 0 ? m.catalogue_products_plans_none() : null}>
          <Table caption={m.catalogue_products_plans()} columns={planColumns()} rows={plans} rowKey={(plan) => plan.id} sheets={false} />
        </Part>
      )}
      <Part title={m.catalogue_products_access()} none={access.length === 0 ? m.catalogue_products_access_none() : null}>
        <ul className="ui-row">
          {access.map((one) => (
            <li key={one.id}>
              <Badge>
                {accessWords[one.accessType]()} · {one.name}
              </Badge>
            </li>
          ))}
        </ul>
      </Part>
      <Part title={m.catalogue_products_buttons()} none={buttons.length === 0 ? m.catalogue_products_buttons_none() : null}>
        <ul className="product__buttons">
          {buttons.map((button) => (
            <li key={button.id}>
              <ButtonSnippet button={button} origin={origin} plan={plans.find((plan) => plan.id === button.planId)?.name} />
            </li>
          ))}
        </ul>
      </Part>
    </Card>
  )
}

function Part({ title, none, children }: { title: string; none: string | null; children: ReactNode }) {
  return (
    <section>
      <h3>{title}</h3>
      {none ? <p className="ui-muted">{none}</p> : children}
    </section>
  )
}
