import type { Checkout } from '#web/data/checkout.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { ButtonLink } from '#web/shell/links.tsx'
import { LinkButton } from '#web/ui/button.tsx'
import { usePageTitle } from '#web/ui/page-header.tsx'
import { EmptyState } from '#web/ui/states.tsx'

export function ExpiredStep({ checkout }: { checkout: Checkout }) {
  usePageTitle(m.selling_checkout_expired_title())
  return (
    <>
      <h1 className="ui-hidden">{m.selling_checkout_order_title()}</h1>
      <EmptyState
        icon="clock"
        title={m.selling_checkout_expired_title()}
        action={
          <div className="ui-row">
            <ButtonLink to="/pay/$buttonKey" params={{ buttonKey: checkout.buttonKey }} look="primary" icon="refresh">
              {m.selling_checkout_start_again()}
            </ButtonLink>
            {checkout.cancelUrl !== null && <LinkButton href={checkout.cancelUrl}>{m.selling_checkout_back_offer()}</LinkButton>}
          </div>
        }
      >
        {m.selling_checkout_expired_text()}
      </EmptyState>
    </>
  )
}
