import type { RequestTemplate } from '#api/adapters/pci-vault/port.ts'

/**
 * What the product may ask of the payment processor. Charges never go to it directly: they travel through the card vault's
 * proxy as a RequestTemplate, and its answer comes back through the vault's webhook into `parseAnswer`. Everything else (looking
 * up, cancelling, refunding) is asked directly. Amounts are integer cents; currencies are upper-case ISO 4217.
 */

/** Our two names for one try to take money or to authenticate a card; the processor echoes them. */
type AttemptNames = { attemptId: string; invoiceId: string }

export type ChargeOrder = {
  amountCents: number
  currency: string
  /** The same for every repetition of the same attempt, never shared by two attempts. */
  idempotencyKey: string
  /** Shown to the buyer by some banks; plain words, no personal data. */
  description: string
  metadata: AttemptNames & Record<string, string>
  /** Where the bank's page sends the buyer afterwards. Without meaning for `offSession`. */
  returnUrl: string
  /** True for renewals: nobody is there to authenticate, and the security code is not sent. */
  offSession: boolean
}

/** Authenticates a card for later without taking money. */
export type SetupOrder = Omit<ChargeOrder, 'amountCents' | 'currency' | 'offSession'>

type Known = {
  processorId: string
  intent: 'CHARGE' | 'SETUP'
  /** What was really taken when succeeded, what is asked otherwise; 0 for a set-up. */
  amountCents: number
  /** Null for a set-up. */
  currency: string | null
  /** From the metadata we sent; null when the object is not ours. */
  attemptId: string | null
  invoiceId: string | null
  /** The processor's own word, kept for support. */
  processorStatus: string
  /** The processor's name for the card, the same for one number however it was typed; null where it does not say. */
  cardFingerprint: string | null
  /** ISO 3166 alpha-2 of the bank that issued the card; null where it does not say. */
  cardCountry: string | null
}

export type Answer =
  | ({ kind: 'succeeded' } & Known)
  /** The buyer must visit `redirectUrl` by a full-page redirect. */
  | ({ kind: 'requires_action'; redirectUrl: string } & Known)
  /** `declineCode` is the processor's, such as insufficient_funds or authentication_required. */
  | ({ kind: 'declined'; declineCode: string } & Omit<Known, 'processorId' | 'intent'> & {
        /** Both null when the refusal names no payment. */
        processorId: string | null
        intent: Known['intent'] | null
      })
  /** Neither yes nor no yet, or nothing said at all: ask again later. */
  | ({ kind: 'processing' } & Known)
  /**
   * No statement about the card. `outcome` 'nothing' means that certainly no money moved (our request was wrong); 'unknown' means
   * it may have (5xx, 429, an answer nobody can read): reconcile before anything is tried again.
   */
  | { kind: 'error'; outcome: 'nothing' | 'unknown'; httpStatus: number; code: string }

export type RefundOrder = {
  processorId: string
  amountCents: number
  idempotencyKey: string
  metadata: Record<string, string>
}

export type RefundState = {
  refundId: string
  processorId: string
  amountCents: number
  currency: string
  status: 'pending' | 'succeeded' | 'failed'
  failureReason: string | null
  metadata: Record<string, string>
}

export type RefundedTotal = { processorId: string; amountCents: number; currency: string }

export type Dispute = {
  disputeId: string
  processorId: string
  amountCents: number
  currency: string
  reason: string
  state: 'opened' | 'won' | 'lost'
}

/**
 * A signed message of the processor. `createdAt` is when it happened there; messages come late, twice and out of order. `payload` is the whole
 * message as it was understood to be data: what gives money back is stored before anybody understands it.
 */
export type ProcessorEvent = { eventId: string; type: string; createdAt: Date | null; payload: unknown } & (
  | { kind: 'payment'; answer: Answer }
  | { kind: 'refund'; refund: RefundState }
  /** Of a charge, how much of it was given back so far. */
  | { kind: 'refunded'; total: RefundedTotal }
  | { kind: 'dispute'; dispute: Dispute }
  /** About a refund or a dispute by its type, but in no shape that is known. `processorId` where at least that can be read. */
  | { kind: 'unreadable'; processorId: string | null }
  /** About a refund or a dispute of a payment that is none of ours: ours always name their payment. */
  | { kind: 'foreign' }
  | { kind: 'ignored' }
)

export interface Processor {
  chargeTemplate(order: ChargeOrder): RequestTemplate
  setupTemplate(order: SetupOrder): RequestTemplate

  /** Reads an answer that the vault passed on. Pure; never throws, whatever the text is. */
  parseAnswer(httpStatus: number, bodyText: string): Answer

  /** The present state of one payment or set-up. Throws ProcessorRefused (404: no such thing) or ProcessorUnknown. */
  retrieve(processorId: string): Promise<Answer>

  /**
   * Finds what became of an attempt whose answer never came, or null when the processor shows none. Its search lags behind by up
   * to FIND_LAG_MS: null is no proof before then, and what it does show is asked for anew. `since` is a little before the attempt was sent. Throws as `retrieve`.
   */
  findByAttempt(attempt: { attemptId: string; intent: 'CHARGE' | 'SETUP'; since: Date }): Promise<Answer | null>

  /** Makes an unfinished payment impossible, so that a forgotten bank page cannot charge after another try. Throws as `retrieve`. */
  cancel(intent: { processorId: string; idempotencyKey: string }): Promise<Answer>

  /** Gives money back, all or part. ProcessorRefused carries the processor's reason; after ProcessorUnknown repeat with the same key. */
  refund(order: RefundOrder): Promise<RefundState>

  /** Reads a signed webhook. `body` is the text as received, to the letter. Throws BadSignature or, for a signed text that is no event or an unreadable answer about a payment, ProcessorUnknown. */
  verifyWebhook(header: string | null, body: string, now: Date, secret: string): Promise<ProcessorEvent>

  /** Reads a message that was proven and stored earlier, as this release understands it. Pure; throws ProcessorUnknown as above. */
  readEvent(payload: unknown): ProcessorEvent
}

/** How long a search may not show what exists. The processor says "under a minute" and, in outages, up to an hour. */
export const FIND_LAG_MS = 60 * 60 * 1000

/** The processor answered that it did nothing. */
export class ProcessorRefused extends Error {
  override name = 'ProcessorRefused'
  readonly status: number
  readonly code: string
  constructor(message: string, status: number, code: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

/** The processor may or may not have acted. */
export class ProcessorUnknown extends Error {
  override name = 'ProcessorUnknown'
}

/** 'missing' deserves 401, the others 403. */
export class BadSignature extends Error {
  override name = 'BadSignature'
  readonly reason: 'missing' | 'malformed' | 'expired' | 'wrong'
  constructor(reason: BadSignature['reason']) {
    super(`The webhook's signature is ${reason}.`)
    this.reason = reason
  }
}
