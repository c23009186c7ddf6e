import type { Fault } from '#domain/base/outbox.ts'

/** What a reader reads: the HTML part and a text part that says the same. */
export type MailContent = { subject: string; html: string; text: string }

/** One mail, whole. `from` is `Name <address>`, of the site that writes. */
export type AddressedMail = MailContent & { to: string; from: string }

/** How many mails one request may carry. */
export const MOST_IN_A_BATCH = 100

/** A mail of a batch that will never be taken, by its place. */
export type RefusedMail = { index: number; reason: string }

/**
 * The provider of mails, one request a call. `idempotencyKey` is the same for every try of the same request, which must then say the same: the
 * provider acts on it once within a day. Throws MailFailed.
 */
export interface Mailer {
  send(mail: AddressedMail & { idempotencyKey: string }): Promise<void>
  /** Hands over up to a hundred mails. Those that are wrong keep the others from nothing, and are told. */
  sendBatch(batch: { mails: readonly AddressedMail[]; idempotencyKey: string }): Promise<RefusedMail[]>
  /** Takes an address off the list of those to which nothing is delivered any more; right when it is not on it. */
  liftSuppression(email: string): Promise<void>
}

/** What the provider said instead of taking a request. What to do about it is not the adapter's to decide. */
export class MailFailed extends Error {
  override name = 'MailFailed'
  readonly fault: Fault
  /** What the provider asked us to wait, if it said. */
  readonly retryAfterMs: number | null
  constructor(message: string, fault: Fault, retryAfterMs: number | null) {
    super(message)
    this.fault = fault
    this.retryAfterMs = retryAfterMs
  }
}
