import { createHmac } from 'node:crypto'
import type { WebhookSender } from '#dev/stand-ins/shared/deliver.ts'
import { Books, newName, seconds, type DisputeObject, type Kept } from './model.ts'

export type WebhookTarget = { url: string; secret: string }

export type ShopOptions = {
  sender: WebhookSender
  now: () => Date
  url: () => string
  searchLagMs: number
  /** How long after the charge a disputed card disputes it, and a slow refund decides. */
  laterMs: number
  webhook: WebhookTarget | null
}

/** The stand-in's memory together with its way of telling us what happened. */
export class Shop {
  readonly books = new Books()
  readonly now: () => Date
  readonly url: () => string
  readonly searchLagMs: number
  readonly #sender: WebhookSender
  readonly #laterMs: number
  readonly #timers = new Set<NodeJS.Timeout>()
  webhook: WebhookTarget | null

  constructor(options: ShopOptions) {
    this.now = options.now
    this.url = options.url
    this.searchLagMs = options.searchLagMs
    this.#sender = options.sender
    this.#laterMs = options.laterMs
    this.webhook = options.webhook
  }

  /** Sends an event with the object as it is at this moment; each try is signed anew, as the processor does. */
  tell(type: string, object: object): void {
    const target = this.webhook
    if (target === null) return
    const created = seconds(this.now())
    const body = JSON.stringify({
      id: newName('evt'),
      object: 'event',
      // The first version in which refund.* comes for refunds of charges.
      api_version: '2024-10-28.acacia',
      created,
      livemode: false,
      type,
      data: { object },
    })
    this.#sender.post({
      kind: type,
      url: target.url,
      body,
      headers: () => ({ 'content-type': 'application/json', 'stripe-signature': sign(body, this.now(), target.secret) }),
    })
  }

  later(act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      act()
    }, this.#laterMs)
    this.#timers.add(timer)
  }

  disputeLater(kept: Kept, reason: string): void {
    this.later(() => this.dispute(kept, reason))
  }

  dispute(kept: Kept, reason: string): DisputeObject {
    const { intent } = kept
    const dispute: DisputeObject = {
      id: newName('dp'),
      object: 'dispute',
      amount: intent.amount_received ?? 0,
      charge: intent.latest_charge ?? '',
      created: seconds(this.now()),
      currency: intent.currency ?? '',
      livemode: false,
      metadata: {},
      payment_intent: intent.id,
      reason,
      status: 'needs_response',
    }
    this.books.disputes.set(dispute.id, dispute)
    this.tell('charge.dispute.created', dispute)
    return dispute
  }

  /** The bank decides. A dispute that was lost can still be won by a later decision. */
  decide(dispute: DisputeObject, outcome: 'won' | 'lost'): void {
    dispute.status = outcome
    this.tell('charge.dispute.closed', dispute)
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
  }
}

/** `Stripe-Signature`: HMAC-SHA256 of "time.body". */
export function sign(body: string, at: Date, secret: string): string {
  const time = seconds(at)
  return `t=${time},v1=${createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')}`
}
