import { useRouter } from '@tanstack/react-router'
import { messageOf } from '#web/data/api-error.ts'
import { enterPurchase } from '#web/data/checkout.ts'
import { useChange } from '#web/data/mutation.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { ButtonLink } from '#web/shell/links.tsx'
import { Button } from '#web/ui/button.tsx'
import { Notice } from '#web/ui/states.tsx'
import { AskCode } from './ask-code.tsx'
import type { CheckoutPage } from './use-checkout.ts'

/** The way into what was paid for, in this same tab. */
export function EnterButton({ page }: { page: CheckoutPage }) {
  return page.checkout.asksCode ? <EnterByCode page={page} /> : <Enter page={page} />
}

/** Somebody has shown meanwhile that this address is theirs: whoever paid under it shows the same before it opens. */
function EnterByCode({ page }: { page: CheckoutPage }) {
  const { community, email } = page.checkout
  return (
    <>
      <Notice title={m.selling_checkout_identify_title()}>{m.selling_checkout_prove_enter({ community: community.name, email })}</Notice>
      <AskCode page={page} />
    </>
  )
}

function Enter({ page: { checkout, ask } }: { page: CheckoutPage }) {
  const router = useRouter()
  const enter = useChange(enterPurchase, {
    onDone: ({ path }) => router.history.push(`${path}?welcome=1`),
    // The checkout itself says whether the code is asked for now.
    onError: ask,
  })
  if (enter.error) {
    return (
      <>
        <Notice tone="warning" title={m.selling_checkout_enter_failed()}>
          {messageOf(enter.error)}
        </Notice>
        <ButtonLink to="/sign-in" search={{ next: '/account' }} look="primary" block>
          {m.base_sign_in()}
        </ButtonLink>
      </>
    )
  }
  return (
    <Button look="primary" size="large" icon="arrowRight" block busy={enter.isPending} onClick={() => enter.mutate(checkout.id)}>
      {m.selling_checkout_enter({ community: checkout.community.name })}
    </Button>
  )
}
