import { createHmac } from 'node:crypto'
import { HEARD_EVENTS } from '#api/adapters/processor/stripe-webhook.ts'
import { STRIPE_VERSION } from '#api/adapters/processor/stripe-template.ts'
import { BoundedMap } from '#dev/stand-ins/shared/bounded-map.ts'
import type { WebhookSender } from '#dev/stand-ins/shared/deliver.ts'
import { Books, newName, seconds, type DisputeObject, type Kept } from './model.ts'
import { isSince, PREVENTED_SINCE } from './versions.ts'

/** Where signed events go: what an endpoint of the account's is made of, with a secret that is known beforehand. */
export type WebhookTarget = { url: string; secret: string; apiVersion?: string; events?: readonly string[] }

/** `namedVersion` is what the endpoint was made with; null takes the account's, which `apiVersion` says. */
export type Endpoint = {
  id: string
  url: string
  secret: string
  apiVersion: string
  namedVersion: string | null
  events: readonly string[]
  description: string | null
  metadata: Record<string, string>
  status: 'enabled' | 'disabled'
  created: number
}

export type ShopOptions = {
  sender: WebhookSender
  now: () => Date
  url: () => string
  searchLagMs: number
  /** Whether the account may send card numbers; a new one may not. */
  takesRawCards: boolean
  /** How long after the charge a disputed card disputes it, and a slow refund decides. */
  laterMs: number
}

/** The stand-in's memory together with its way of telling us what happened. */
export class Shop {
  readonly books = new Books()
  readonly now: () => Date
  readonly url: () => string
  readonly searchLagMs: number
  readonly takesRawCards: boolean
  readonly #sender: WebhookSender
  readonly #laterMs: number
  readonly #timers = new Set<NodeJS.Timeout>()
  readonly endpoints = new BoundedMap<string, Endpoint>(16)

  constructor(options: ShopOptions) {
    this.now = options.now
    this.url = options.url
    this.searchLagMs = options.searchLagMs
    this.takesRawCards = options.takesRawCards
    this.#sender = options.sender
    this.#laterMs = options.laterMs
  }

  /** The one endpoint of the account, without its interface being asked: for tests that know the secret beforehand. */
  tellTo({ url, secret, apiVersion = STRIPE_VERSION, events = HEARD_EVENTS }: WebhookTarget): void {
    const id = newName('we')
    const made = { description: null, metadata: {}, status: 'enabled' as const, created: seconds(this.now()) }
    this.endpoints.clear()
    this.endpoints.set(id, { id, url, secret, apiVersion, namedVersion: apiVersion, events, ...made })
  }

  /**
   * Sends an event with the object as it is at this moment to each endpoint that wants it and whose version has it. Each try is signed anew, as the
   * processor does.
   */
  tell(type: string, object: object, since = ''): void {
    const id = newName('evt')
    for (const endpoint of this.endpoints.values()) {
      const wants = endpoint.events.includes('*') || endpoint.events.includes(type)
      if (endpoint.status === 'enabled' && wants && isSince(endpoint.apiVersion, since)) this.#send(endpoint, { id, type, object })
    }
  }

  #send({ url, secret, apiVersion }: Endpoint, { id, type, object }: { id: string; type: string; object: object }): void {
    const envelope = { id, object: 'event', api_version: apiVersion, created: seconds(this.now()), livemode: false, type }
    const body = JSON.stringify({ ...envelope, data: { object } })
    const headers = () => ({ 'content-type': 'application/json', 'stripe-signature': sign(body, this.now(), secret) })
    this.#sender.post({ kind: type, url, body, headers })
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
  decide(dispute: DisputeObject, outcome: 'won' | 'lost' | 'prevented'): void {
    dispute.status = outcome
    this.tell('charge.dispute.closed', dispute, outcome === 'prevented' ? PREVENTED_SINCE : '')
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
