import type { CatalogueProduct } from '#web/data/products.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Badge } from '#web/ui/badge.tsx'
import { LinkButton } from '#web/ui/button.tsx'
import { CopyButton } from '#web/ui/copy-button.tsx'
import { snippetOf } from './snippet.ts'

type ButtonSnippetProps = { button: CatalogueProduct['buttons'][number]; plan: string | undefined; origin: string }

/** What a landing page needs to sell: the button and the script that joins it to the checkout. */
export function ButtonSnippet({ button, plan, origin }: ButtonSnippetProps) {
  const { buttonKey, displayName, ctaText, isActive } = button
  const snippet = snippetOf(origin, buttonKey, ctaText ?? displayName)
  return (
    <div className="snippet">
      <div className="ui-row">
        <strong>{displayName}</strong>
        {plan && <span className="ui-small ui-muted">{plan}</span>}
        {isActive ? <Badge tone="success">{m.catalogue_button_active()}</Badge> : <Badge>{m.catalogue_button_inactive()}</Badge>}
      </div>
      <p className="ui-small ui-muted">{m.catalogue_button_snippet()}</p>
      <pre className="snippet__code">
        <code>{snippet}</code>
      </pre>
      <div className="ui-row">
        <CopyButton text={snippet} label={m.catalogue_button_copy()} size="small" />
        {isActive && (
          <LinkButton href={`${origin}/pay/${buttonKey}`} target="_blank" rel="noopener" size="small" look="quiet" icon="external">
            {m.catalogue_button_open()}
          </LinkButton>
        )}
      </div>
    </div>
  )
}
