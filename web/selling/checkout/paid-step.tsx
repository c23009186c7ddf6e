import * as m from '#web/i18n/paraglide/messages.js'
import { LinkButton } from '#web/ui/button.tsx'
import { Card } from '#web/ui/card.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { PageHeader } from '#web/ui/page-header.tsx'
import { EnterButton } from './enter-button.tsx'
import type { CheckoutPage } from './use-checkout.ts'
import { nextCharge } from './words.ts'

/** Paid: what was paid, what comes next, and the way in, in this same tab. */
export function PaidStep({ page }: { page: CheckoutPage }) {
  const { checkout } = page
  const { community, summary, email, asksCode } = checkout
  const isTrial = summary.trialEndsAt !== null
  const text = isTrial ? m.selling_checkout_paid_trial_text : m.selling_checkout_paid_text
  // Nothing is open yet where the code is asked for first.
  const waitingText = isTrial ? m.selling_checkout_paid_code_trial : m.selling_checkout_paid_code_text
  return (
    <div>
      <PageHeader
        title={asksCode ? m.selling_checkout_paid_code_title() : m.selling_checkout_paid_title()}
        lead={(asksCode ? waitingText : text)({ community: community.name, email })}
      />
      <div className="ui-stack">
        <EnterButton page={page} />
        <Card>
          <Facts
            facts={[
              { label: m.catalogue_product(), value: checkout.product.name },
              ...(checkout.invoiceNumber === null ? [] : [{ label: m.selling_checkout_invoice(), value: checkout.invoiceNumber }]),
              { label: m.selling_next_charge(), value: nextCharge(summary) },
              { label: m.selling_checkout_paid_today(), cents: summary.dueTodayCents, total: true },
            ]}
          />
        </Card>
        {checkout.successUrl !== null && (
          <LinkButton href={checkout.successUrl} look="quiet" icon="external">
            {m.selling_checkout_success_page()}
          </LinkButton>
        )}
      </div>
    </div>
  )
}
