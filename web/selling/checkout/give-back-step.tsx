import type { Checkout } from '#web/data/checkout.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { ButtonLink } from '#web/shell/links.tsx'
import { Card } from '#web/ui/card.tsx'
import { Facts, type Fact } from '#web/ui/facts.tsx'
import { formatDateTime, formatDay } from '#web/ui/format.ts'
import { PageHeader } from '#web/ui/page-header.tsx'
import { Notice } from '#web/ui/states.tsx'
import { AlreadyOwned } from './already-owned.tsx'
import { EnterButton } from './enter-button.tsx'
import type { CheckoutPage } from './use-checkout.ts'
import { cardName } from './words.ts'

type Astray = NonNullable<Checkout['astray']>

/** A payment arrived that this order no longer needed: how much, that it is given back, and whom to ask. Never said to have opened anything. */
export function GiveBackStep({ page }: { page: CheckoutPage }) {
  const { checkout } = page
  const { astray } = checkout
  if (!astray || astray.amountCents === 0) return <AlreadyOwned community={checkout.community} email={checkout.email} />
  const isSettled = astray.resolvedAt !== null
  return (
    <div>
      <PageHeader title={isSettled ? m.selling_checkout_astray_done_title() : m.selling_checkout_astray_title()} lead={leadOf(astray)} />
      <div className="ui-stack">
        {isSettled ? (
          <Notice tone="success">{m.selling_checkout_astray_done_text()}</Notice>
        ) : (
          <Notice tone="warning" title={m.selling_checkout_astray_told()}>
            {m.selling_checkout_astray_wait()}
          </Notice>
        )}
        <Card>
          <Facts facts={factsOf(checkout, astray)} />
        </Card>
        <p>
          {m.selling_checkout_astray_ask()} <a href={`mailto:${astray.askAt}`}>{astray.askAt}</a>
        </p>
        <Next page={page} opens={astray.opens} />
      </div>
    </div>
  )
}

function leadOf({ opens, resolvedAt }: Astray): string {
  if (resolvedAt !== null) return m.selling_checkout_astray_done_lead({ day: formatDay(resolvedAt) })
  return opens === 'order' ? m.selling_checkout_astray_again() : m.selling_checkout_astray_closed()
}

function factsOf({ product, card }: Checkout, { amountCents, at, reference, resolvedAt }: Astray): Fact[] {
  return [
    { label: m.catalogue_product(), value: product.name },
    ...(at === null ? [] : [{ label: m.selling_checkout_astray_at(), value: formatDateTime(at) }]),
    ...(card ? [{ label: m.selling_card(), value: cardName(card) }] : []),
    ...(reference === null ? [] : [{ label: m.selling_checkout_astray_reference(), value: reference }]),
    ...(amountCents === null
      ? []
      : [
          {
            label: resolvedAt === null ? m.selling_checkout_astray_amount() : m.base_amount(),
            cents: amountCents,
            total: true,
          },
        ]),
  ]
}

function Next({ page, opens }: { page: CheckoutPage; opens: Astray['opens'] }) {
  if (opens === 'order') return <EnterButton page={page} />
  if (opens === 'account')
    return (
      <ButtonLink to="/account" look="primary" icon="user">
        {m.selling_checkout_open_account()}
      </ButtonLink>
    )
  return (
    <ButtonLink to="/pay/$buttonKey" params={{ buttonKey: page.checkout.buttonKey }} icon="refresh">
      {m.selling_checkout_start_again()}
    </ButtonLink>
  )
}
