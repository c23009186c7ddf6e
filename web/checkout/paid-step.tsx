import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { messageOf } from '#web/data/api-error.ts'
import { enterPurchase, type Checkout } from '#web/data/checkout.ts'
import { startOver } from '#web/data/sign-in.ts'
import { ButtonLink } from '#web/frame/links.tsx'
import * as m from '#web/i18n/paraglide/messages.js'
import { Button, LinkButton } from '#web/ui/button.tsx'
import { Card } from '#web/ui/card.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { PageHeader } from '#web/ui/page-header.tsx'
import { Notice } from '#web/ui/states.tsx'
import { nextCharge } from './words.ts'

/** Paid: what was paid, what comes next, and the way in, in this same tab. */
export function PaidStep({ checkout }: { checkout: Checkout }) {
  const { community, summary, email } = checkout
  const text = summary.trialEndsAt === null ? m.checkout_paid_text : m.checkout_paid_trial_text
  return (
    <div>
      <PageHeader title={m.checkout_paid_title()} lead={text({ community: community.name, email })} />
      <div className="ui-stack">
        <Enter checkout={checkout} />
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

function Enter({ checkout }: { checkout: Checkout }) {
  const router = useRouter()
  const queryClient = useQueryClient()
  const enter = useMutation({
    mutationFn: () => enterPurchase(checkout.id),
    onSuccess: async ({ path }) => {
      await startOver(queryClient)
      router.history.push(`${path}?welcome=1`)
    },
  })
  if (enter.error) {
    return (
      <>
        <Notice tone="warning" title={m.checkout_enter_failed()}>
          {messageOf(enter.error)}
        </Notice>
        <ButtonLink to="/sign-in" search={{ next: '/account' }} look="primary" block>
          {m.ui_sign_in()}
        </ButtonLink>
      </>
    )
  }
  return (
    <Button look="primary" size="large" icon="arrowRight" block busy={enter.isPending} onClick={() => enter.mutate()}>
      {m.checkout_enter({ community: checkout.community.name })}
    </Button>
  )
}
