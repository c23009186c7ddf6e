import type { CheckoutStep } from '#domain/selling/checkout.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Icon } from '#web/ui/icon.tsx'

/** How far along each screen of the checkout stands: address, card, order, access. */
const POSITION: Record<CheckoutStep, number> = {
  IDENTIFY: 0,
  CARD: 1,
  REVIEW: 2,
  PAYING: 2,
  BANK: 2,
  UNCERTAIN: 2,
  DECLINED: 2,
  PAID: 4,
  EXPIRED: 0,
  GIVE_BACK: 2,
}

/** The last one is done once it is open: what is paid may still wait for the mailed code. */
export function Stepper({ step, asksCode = false }: { step: CheckoutStep; asksCode?: boolean }) {
  const names = [
    m.selling_checkout_step_email(),
    m.selling_checkout_step_card(),
    m.selling_checkout_step_order(),
    m.selling_checkout_step_access(),
  ]
  const at = Math.min(POSITION[step], asksCode ? names.length - 1 : names.length)
  const shown = Math.min(at, names.length - 1)
  return (
    <div className="checkout-steps">
      <p className="checkout-steps__count">{m.selling_checkout_step_of({ at: shown + 1, total: names.length })}</p>
      <ol className="checkout-steps__list" aria-label={m.selling_checkout_steps()}>
        {names.map((name, index) => (
          <li key={name} className="checkout-steps__item" data-done={index < at} aria-current={index === shown ? 'step' : undefined}>
            <span className="checkout-steps__mark">{index < at ? <Icon name="check" /> : index + 1}</span>
            <span className="checkout-steps__name">
              {name}
              {index < at && <span className="ui-hidden"> {m.base_step_done()}</span>}
            </span>
          </li>
        ))}
      </ol>
    </div>
  )
}
