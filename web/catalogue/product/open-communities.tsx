import { useSuspenseQuery } from '@tanstack/react-query'
import { showcaseQuery, type OpenCommunity } from '#web/data/communities.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { ButtonLink } from '#web/shell/links.tsx'
import { LinkButton } from '#web/ui/button.tsx'
import { Card } from '#web/ui/card.tsx'
import { EmptyState } from '#web/ui/states.tsx'
import { offerPrice, shownOffers } from './offer-words.ts'

/** The communities that take members now, with their prices; each leads to its own page, or straight to the checkout. */
export function OpenCommunities() {
  const { communities } = useSuspenseQuery(showcaseQuery).data
  if (communities.length === 0) {
    return (
      <EmptyState icon="users" title={m.catalogue_home_open_none()}>
        {m.catalogue_home_open_none_text()}
      </EmptyState>
    )
  }
  return (
    <ul className="ui-grid stam-open">
      {communities.map((community) => (
        <li key={community.slug}>
          <OpenCommunityCard community={community} />
        </li>
      ))}
    </ul>
  )
}

function OpenCommunityCard({ community }: { community: OpenCommunity }) {
  const [first] = community.offers
  return (
    <Card className="stam-open__card">
      <h3>{community.name}</h3>
      {first?.shortDescription && <p className="ui-muted">{first.shortDescription}</p>}
      <ul className="stam-open__prices">
        {shownOffers(community.offers).map((offer) => (
          <li key={offer.buttonKey}>{offerPrice(offer)}</li>
        ))}
      </ul>
      {community.landingPath === null ? (
        first && (
          <ButtonLink to="/pay/$buttonKey" params={{ buttonKey: first.buttonKey }} look="primary" block>
            {m.catalogue_home_join()}
            <span className="ui-hidden"> {community.name}</span>
          </ButtonLink>
        )
      ) : (
        // A hand-coded page stands outside the application: a plain link.
        <LinkButton href={community.landingPath} look="primary" block>
          {m.catalogue_home_discover()}
          <span className="ui-hidden"> {community.name}</span>
        </LinkButton>
      )}
    </Card>
  )
}
