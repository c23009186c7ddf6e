import { randomBytes } from 'node:crypto'
import { BoundedMap } from '#dev/stand-ins/shared/bounded-map.ts'
import type { TestCard } from './test-cards.ts'

/** The processor's objects with the fields its documentation gives them; amounts in cents, times in seconds. */

export type CardError = { type: 'card_error'; code: string; decline_code?: string; message: string; payment_method?: PaymentMethod }

export type PaymentMethod = {
  id: string
  object: 'payment_method'
  type: 'card'
  card: { brand: string; country: string | null; exp_month: number; exp_year: number; fingerprint: string; last4: string }
}

export type Intent = {
  id: string
  object: 'payment_intent' | 'setup_intent'
  amount?: number
  amount_received?: number
  currency?: string
  status: 'requires_payment_method' | 'requires_action' | 'processing' | 'succeeded' | 'canceled'
  client_secret: string
  created: number
  livemode: false
  description: string | null
  metadata: Record<string, string>
  next_action: { type: 'redirect_to_url'; redirect_to_url: { url: string; return_url: string } } | null
  last_payment_error?: CardError | null
  last_setup_error?: CardError | null
  latest_charge?: string | null
  payment_method: string | null
  payment_method_types: string[]
  canceled_at?: number | null
  usage?: string
}

export type Refund = {
  id: string
  object: 'refund'
  amount: number
  charge: string
  created: number
  currency: string
  failure_reason: string | null
  metadata: Record<string, string>
  payment_intent: string
  reason: string | null
  status: 'pending' | 'succeeded' | 'failed'
}

export type DisputeObject = {
  id: string
  object: 'dispute'
  amount: number
  charge: string
  created: number
  currency: string
  livemode: false
  metadata: Record<string, string>
  payment_intent: string
  reason: string
  status: 'needs_response' | 'won' | 'lost' | 'prevented'
}

/**
 * What is known of an intent beside what it shows: the card's behaviour, never the number. `indexed` is what the search shows: the intent as it was
 * when it was made, whatever has become of it.
 */
export type Kept = {
  intent: Intent
  indexed: Intent
  card: TestCard | null
  method: PaymentMethod
  returnUrl: string | null
  searchableFrom: number
}

export type Remembered = { fingerprint: string; reply: { status: number; body: string } | null }

/** Everything the stand-in knows, in memory and bounded. */
export class Books {
  readonly intents = new BoundedMap<string, Kept>(20_000)
  readonly refunds = new BoundedMap<string, Refund>(20_000)
  readonly disputes = new BoundedMap<string, DisputeObject>(5_000)
  readonly idempotency = new BoundedMap<string, Remembered>(20_000)

  intent(id: string, object: Intent['object']): Kept | null {
    const kept = this.intents.get(id)
    return kept !== undefined && kept.intent.object === object ? kept : null
  }

  /** An intent as it is answered: its card by an id, or whole when the request asked for it to be expanded. Webhooks are never expanded. */
  shown({ intent, method }: Kept, expand: readonly string[]): object {
    return intent.payment_method !== null && expand.includes('payment_method') ? { ...intent, payment_method: method } : intent
  }

  refundedCents(intentId: string): number {
    return [...this.refunds.values()]
      .filter((refund) => refund.payment_intent === intentId && refund.status !== 'failed')
      .reduce((sum, refund) => sum + refund.amount, 0)
  }
}

export const newName = (prefix: string): string => `${prefix}_${randomBytes(12).toString('hex')}`

export const seconds = (at: Date): number => Math.floor(at.getTime() / 1000)
