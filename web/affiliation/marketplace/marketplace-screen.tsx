import '#web/shell/pages.css'
import './marketplace.css'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { marketplaceQuery, type Offered } from '#web/data/products.ts'
import { textOf } from '#web/shell/search.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Button } from '#web/ui/button.tsx'
import { Field } from '#web/ui/field.tsx'
import { TextInput } from '#web/ui/inputs.tsx'
import { PageHeader } from '#web/ui/page-header.tsx'
import { EmptyState } from '#web/ui/states.tsx'
import { OfferCard } from './offer-card.tsx'

const SEARCH_FROM = 4

function holds(offer: Offered, word: string): boolean {
  const texts = [offer.name, offer.communityName, offer.supplierName, offer.shortDescription]
  return texts.some((text) => text?.toLocaleLowerCase().includes(word.toLocaleLowerCase()))
}

/** What pays a commission, with its terms, and one tap to a link. */
export function MarketplaceScreen() {
  const { products } = useSuspenseQuery(marketplaceQuery).data
  const word = textOf(useSearch({ strict: false }), 'q') ?? ''
  const navigate = useNavigate()
  const find = (q: string): void => {
    void navigate({ to: '.', search: q ? { q } : {}, replace: true, resetScroll: false })
  }
  const found = products.filter((offer) => holds(offer, word))
  return (
    <>
      <PageHeader title={m.catalogue_products()} lead={m.affiliation_market_lead()} />
      {(products.length >= SEARCH_FROM || word !== '') && (
        <search className="marketplace-search">
          <Field label={m.affiliation_market_find()} required={false}>
            <TextInput type="search" value={word} onChange={(event) => find(event.target.value)} />
          </Field>
        </search>
      )}
      <ul className="ui-grid marketplace-grid">
        {found.map((offer) => (
          <li key={offer.id}>
            <OfferCard offer={offer} />
          </li>
        ))}
      </ul>
      {products.length === 0 && (
        <EmptyState icon="shop" title={m.affiliation_market_none()}>
          {m.affiliation_market_none_text()}
        </EmptyState>
      )}
      {products.length > 0 && found.length === 0 && (
        <EmptyState
          icon="search"
          title={m.affiliation_market_not_found()}
          action={<Button onClick={() => find('')}>{m.affiliation_market_all()}</Button>}
        >
          {m.affiliation_market_not_found_text()}
        </EmptyState>
      )}
    </>
  )
}
