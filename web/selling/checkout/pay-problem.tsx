import type { ErrorComponentProps } from '@tanstack/react-router'
import { ApiError } from '#web/data/api-error.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { ButtonLink } from '#web/shell/links.tsx'
import { RouteProblem } from '#web/shell/problem.tsx'
import { usePageTitle } from '#web/ui/page-header.tsx'
import { EmptyState } from '#web/ui/states.tsx'

/** A button that sells nothing says why, and what to do instead. */
export function PayProblem(props: ErrorComponentProps) {
  const { error } = props
  if (error instanceof ApiError && (error.status === 404 || error.status === 422)) {
    return <NoOffer title={m.selling_checkout_offer_unknown()} text={m.selling_checkout_offer_unknown_text()} />
  }
  if (error instanceof ApiError && error.status === 410) return <NoOffer title={m.selling_checkout_offer_gone()} text={error.message} />
  return <RouteProblem {...props} />
}

function NoOffer({ title, text }: { title: string; text: string }) {
  usePageTitle(title)
  return (
    <>
      <h1 className="ui-hidden">{m.selling_checkout_order_title()}</h1>
      <EmptyState
        icon="shop"
        title={title}
        action={
          <ButtonLink to="/" look="primary">
            {m.selling_see_communities()}
          </ButtonLink>
        }
      >
        {text}
      </EmptyState>
    </>
  )
}
