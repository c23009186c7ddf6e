import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { unreachable } from '#domain/base/unreachable.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { textOf } from '#web/shell/search.ts'
import { Notice } from '#web/ui/states.tsx'
import { AlreadyOwned } from './already-owned.tsx'
import { AskCodeStep } from './ask-code.tsx'
import { BankStep } from './bank-step.tsx'
import { CardStep } from './card-step.tsx'
import { DeclinedStep } from './declined-step.tsx'
import { ExpiredStep } from './expired-step.tsx'
import { GiveBackStep } from './give-back-step.tsx'
import { IdentifyStep } from './identify-step.tsx'
import { OrderAside } from './order-aside.tsx'
import { PaidStep } from './paid-step.tsx'
import { PayingStep } from './paying-step.tsx'
import { ReviewStep } from './review-step.tsx'
import { Stepper } from './stepper.tsx'
import { UncertainStep } from './uncertain-step.tsx'
import { useCheckout, type CheckoutPage } from './use-checkout.ts'

/** One page for the whole order: the API says which step it stands at, so a reload finds it again. */
export function CheckoutScreen() {
  const { id } = useParams({ strict: false })
  const navigate = useNavigate()
  const wantsOtherCard = textOf(useSearch({ strict: false }), 'card') === 'other'
  const page = useCheckout(id ?? '', wantsOtherCard)
  const { step } = page.checkout
  const isTypingCard = step === 'CARD' || (wantsOtherCard && (step === 'REVIEW' || step === 'DECLINED'))
  const chooseCard = (other: boolean) => void navigate({ to: '.', search: other ? { card: 'other' } : {}, replace: true })
  const shown = isTypingCard ? 'CARD' : step
  const { asksCode, community, email } = page.checkout
  useStepFocus(`${shown} ${asksCode} ${page.isOwned}`)
  // Nothing is ordered here any more: neither its price nor its steps stand beside that.
  if (page.isOwned) return <AlreadyOwned community={community} email={email} />
  const hasAside = isTypingCard || step === 'IDENTIFY'
  return (
    <>
      <Stepper step={shown} asksCode={asksCode} />
      {page.isConnectionLost && <Notice tone="warning">{m.selling_checkout_connection_lost()}</Notice>}
      <div className={hasAside ? 'checkout-columns' : 'checkout-one'}>
        <div className="ui-stack">
          {isTypingCard ? (
            <CardStep page={page} onKeep={() => chooseCard(false)} />
          ) : (
            <Step page={page} onOtherCard={() => chooseCard(true)} />
          )}
        </div>
        {hasAside && <OrderAside sold={page.checkout} />}
      </div>
    </>
  )
}

/** A step that changed by itself is read from its top: by eyes, a keyboard and a screen reader alike. */
function useStepFocus(step: string) {
  const seen = useRef(step)
  useEffect(() => {
    if (seen.current === step) return
    seen.current = step
    window.scrollTo({ top: 0 })
    document.getElementById('main')?.focus({ preventScroll: true })
  }, [step])
}

function Step({ page, onOtherCard }: { page: CheckoutPage; onOtherCard: () => void }) {
  const { step, asksCode } = page.checkout
  // What is paid, and what is given back, stays shown; only the way in waits there.
  if (asksCode && step !== 'PAID' && step !== 'GIVE_BACK') return <AskCodeStep page={page} />
  switch (step) {
    case 'IDENTIFY':
      return <IdentifyStep page={page} />
    case 'REVIEW':
      return <ReviewStep page={page} onOtherCard={onOtherCard} />
    case 'PAYING':
      return <PayingStep page={page} />
    case 'BANK':
      return <BankStep page={page} />
    case 'UNCERTAIN':
      return <UncertainStep page={page} />
    case 'DECLINED':
      return <DeclinedStep page={page} onOtherCard={onOtherCard} />
    case 'PAID':
      return <PaidStep page={page} />
    case 'EXPIRED':
      return <ExpiredStep checkout={page.checkout} />
    case 'GIVE_BACK':
      return <GiveBackStep page={page} />
    case 'CARD':
      return null
    default:
      return unreachable(step)
  }
}
