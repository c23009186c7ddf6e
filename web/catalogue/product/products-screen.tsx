import './products.css'
import { useQuery } from '@tanstack/react-query'
import { PRODUCTS_ORDER } from '#domain/catalogue/lists.ts'
import { productsQuery } from '#web/data/products.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Loading, SkeletonRows } from '#web/ui/skeleton.tsx'
import { OfficeList } from '#web/shell/back-office/office-list.tsx'
import { Nothing, SKELETON_ROWS } from '#web/shell/list-page.tsx'
import { ProductCard } from './product-card.tsx'
import { useList } from '#web/shell/use-list.ts'

const states = ['published', 'scheduled', 'draft', 'inactive'] as const

/** The catalogue: what is sold, at which prices, through which buttons, and what it opens. */
export function ProductsScreen() {
  const { control, asked } = useList(PRODUCTS_ORDER, ['state'])
  const state = states.find((known) => known === control.state.filters['state'])
  const answer = useQuery(productsQuery({ ...asked, ...(state && { state }) }))
  const { data } = answer
  const words = {
    published: m.catalogue_products_published,
    scheduled: m.catalogue_products_scheduled,
    draft: m.catalogue_products_draft,
    inactive: m.catalogue_products_inactive,
  }
  return (
    <OfficeList
      title={m.catalogue_products()}
      lead={m.catalogue_products_lead()}
      searchLabel={m.catalogue_products_find()}
      control={control}
      filters={[{ key: 'state', label: m.base_state(), options: states.map((value) => ({ value, label: words[value]() })) }]}
      answer={answer}
    >
      {!data && (
        <Loading>
          <SkeletonRows rows={SKELETON_ROWS} />
        </Loading>
      )}
      <ul className="catalogue">
        {data?.rows.map((product) => (
          <li key={product.id}>
            <ProductCard product={product} />
          </li>
        ))}
      </ul>
      {data?.total === 0 && (
        <Nothing control={control} path="/admin/products" title={m.catalogue_products_none()} text={m.catalogue_products_none_text()} />
      )}
    </OfficeList>
  )
}
