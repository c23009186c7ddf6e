import type { Checkout } from '#web/data/checkout.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { ButtonLink } from '#web/shell/links.tsx'
import { LinkButton } from '#web/ui/button.tsx'
import { usePageTitle } from '#web/ui/page-header.tsx'
import { EmptyState } from '#web/ui/states.tsx'

export function ExpiredStep({ checkout }: { checkout: Checkout }) {
  usePageTitle(m.checkout_expired_title())
  return (
    <>
      <h1 className="ui-hidden">{m.checkout_order_title()}</h1>
      <EmptyState
        icon="clock"
        title={m.checkout_expired_title()}
        action={
          <div className="ui-row">
            <ButtonLink to="/pay/$buttonKey" params={{ buttonKey: checkout.buttonKey }} look="primary" icon="refresh">
              {m.checkout_start_again()}
            </ButtonLink>
            {checkout.cancelUrl !== null && <LinkButton href={checkout.cancelUrl}>{m.checkout_back_offer()}</LinkButton>}
          </div>
        }
      >
        {m.checkout_expired_text()}
      </EmptyState>
    </>
  )
}
