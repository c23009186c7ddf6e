import { messageOf } from '#web/data/api-error.ts'
import { createLink } from '#web/data/links.ts'
import { useChange } from '#web/data/mutation.ts'
import type { Offered } from '#web/data/products.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { ButtonLink } from '#web/shell/links.tsx'
import { Button } from '#web/ui/button.tsx'
import { CopyButton } from '#web/ui/copy-button.tsx'
import { Notice } from '#web/ui/states.tsx'
import { toast } from '#web/ui/toasts.tsx'

/** One tap makes the link; afterwards it stands here, ready to be copied. */
export function OfferLink({ offer }: { offer: Offered }) {
  const make = useChange(createLink, { onAnswer: () => toast(m.affiliation_market_made()) })
  const url = offer.linkUrl ?? make.data?.url
  if (url) return <ReadyLink url={url} name={offer.linkName} productId={offer.id} />
  return (
    <div className="offer__foot">
      {make.error && <Notice tone="danger">{messageOf(make.error)}</Notice>}
      <div className="ui-row">
        <Button look="primary" icon="link" busy={make.isPending} onClick={() => make.mutate({ productId: offer.id })}>
          {m.affiliation_market_make()}
        </Button>
        <ButtonLink to="/links" search={{ new: offer.id }} look="quiet">
          {m.affiliation_market_options()}
        </ButtonLink>
      </div>
    </div>
  )
}

type ReadyLinkProps = { url: string; name: string | null; productId: string }

function ReadyLink({ url, name, productId }: ReadyLinkProps) {
  return (
    <div className="offer__foot">
      {name && <p className="ui-small ui-muted">{m.affiliation_market_link_named({ name })}</p>}
      <p className="wk-address">{url}</p>
      <CopyButton text={url} label={m.affiliation_links_copy_label()} look="primary" block />
      <div className="ui-row ui-row--between">
        <ButtonLink to="/links" look="quiet" size="small" icon="link">
          {m.affiliation_market_share()}
        </ButtonLink>
        <ButtonLink to="/links" search={{ new: productId }} look="quiet" size="small" icon="plus">
          {m.affiliation_links_new()}
        </ButtonLink>
      </div>
    </div>
  )
}
