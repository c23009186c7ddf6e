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
  const { community, summary, email } = checkout
  const text = summary.trialEndsAt === null ? m.checkout_paid_text : m.checkout_paid_trial_text
  return (
    <div>
      <PageHeader title={m.checkout_paid_title()} lead={text({ community: community.name, email })} />
      <div className="ui-stack">
        <EnterButton page={page} />
        <Card>
          <Facts
            facts={[
              { label: m.checkout_product(), value: checkout.product.name },
              ...(checkout.invoiceNumber === null ? [] : [{ label: m.checkout_invoice(), value: checkout.invoiceNumber }]),
              { label: m.checkout_next_charge(), value: nextCharge(summary) },
              { label: m.checkout_paid_today(), cents: summary.dueTodayCents, total: true },
            ]}
          />
        </Card>
        {checkout.successUrl !== null && (
          <LinkButton href={checkout.successUrl} look="quiet" icon="external">
            {m.checkout_success_page()}
          </LinkButton>
        )}
      </div>
    </div>
  )
}
