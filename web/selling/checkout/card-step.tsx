import { useCallback, useEffect, useRef, useState } from 'react'
import { ApiError, messageOf } from '#web/data/api-error.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { ButtonLink } from '#web/shell/links.tsx'
import { Button } from '#web/ui/button.tsx'
import { PageHeader } from '#web/ui/page-header.tsx'
import { Loading, Skeleton } from '#web/ui/skeleton.tsx'
import { ErrorState, Notice } from '#web/ui/states.tsx'
import { CardFrame } from './card-frame.tsx'
import { useCapture } from './use-capture.ts'
import type { CheckoutPage } from './use-checkout.ts'

/** A card typed at the vault. The page goes on when our server has heard of it from the vault, whatever the frame says or does not say. */
export function CardStep({ page, onKeep }: { page: CheckoutPage; onKeep: () => void }) {
  const { checkout, hurry, ask } = page
  const capture = useCapture(checkout.id)
  const [heard, setHeard] = useState(false)
  useNewCard(checkout.card?.capturedAt ?? null, onKeep)
  const done = useCallback(() => {
    setHeard(true)
    void hurry()
  }, [hurry])
  return (
    <div>
      <PageHeader title={m.selling_checkout_card_title()} lead={m.selling_checkout_card_text()} />
      <div className="ui-stack">
        {capture.isRenewal && <Notice>{m.selling_checkout_card_renewed()}</Notice>}
        {isUsedUp(capture.error) ? (
          <UsedUp buttonKey={checkout.buttonKey} text={messageOf(capture.error)} />
        ) : capture.error ? (
          <ErrorState onRetry={() => void capture.refetch()} busy={capture.isFetching}>
            {messageOf(capture.error)}
          </ErrorState>
        ) : (
          <div className="checkout-vault">
            {capture.data ? <CardFrame url={capture.data.iframeUrl} onDone={done} /> : <FrameSkeleton />}
          </div>
        )}
        <p className="ui-small ui-muted" aria-live="polite">
          {heard ? m.selling_checkout_card_checking() : m.selling_checkout_card_waiting()}
        </p>
        <div className="ui-row">
          {heard && (
            <Button look="quiet" icon="refresh" onClick={() => void ask()}>
              {m.selling_checkout_card_check()}
            </Button>
          )}
          {checkout.card && (
            <Button look="quiet" icon="arrowLeft" onClick={onKeep}>
              {m.selling_checkout_card_keep({ last4: checkout.card.last4 ?? '' })}
            </Button>
          )}
        </div>
      </div>
    </div>
  )
}

/** Leaves the change of card once a newer card than the one found here has come. */
function useNewCard(capturedAt: string | null, onNew: () => void) {
  const found = useRef(capturedAt)
  useEffect(() => {
    if (capturedAt === found.current) return
    found.current = capturedAt
    onNew()
  }, [capturedAt, onNew])
}

function FrameSkeleton() {
  return (
    <Loading>
      <div className="ui-stack checkout-vault__wait">
        <p className="ui-muted">{m.selling_checkout_card_opening()}</p>
        <Skeleton height="3rem" />
        <Skeleton height="3rem" />
        <div className="ui-grid checkout-vault__pair">
          <Skeleton height="3rem" />
          <Skeleton height="3rem" />
        </div>
        <Skeleton height="3rem" />
      </div>
    </Loading>
  )
}

function isUsedUp(error: Error | null): error is ApiError {
  return error instanceof ApiError && error.code === 'card_forms_used_up'
}

/** Opening it once more cannot work: the way on is a new order. */
function UsedUp({ buttonKey, text }: { buttonKey: string; text: string }) {
  return (
    <div className="ui-stack">
      <Notice tone="warning">{text}</Notice>
      <ButtonLink to="/pay/$buttonKey" params={{ buttonKey }} look="primary" icon="refresh">
        {m.selling_checkout_start_again()}
      </ButtonLink>
    </div>
  )
}
