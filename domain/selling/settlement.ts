import type { CustomerStatus } from '#domain/base/enums.ts'
import { mayBuy } from './checkout.ts'
import { type InvoiceStatus, type PaymentAttemptKind, type PaymentAttemptStatus, type PaymentDiscrepancy, OPEN_ATTEMPTS } from './enums.ts'

/** What the processor said of one attempt, in the words of the processor's port. Amounts in cents. */
export type PaymentAnswer =
  | (AnswerFacts & { kind: 'succeeded'; processorId: string })
  | (AnswerFacts & { kind: 'requires_action'; processorId: string; redirectUrl: string })
  | (AnswerFacts & { kind: 'declined'; processorId: string | null; declineCode: string })
  | (AnswerFacts & { kind: 'processing'; processorId: string })
  | { kind: 'error'; outcome: 'nothing' | 'unknown'; code: string }

interface AnswerFacts {
  /** Whether it speaks of a charge or of a set-up; null when it does not say. */
  intent: PaymentAttemptKind | null
  amountCents: number
  currency: string | null
  attemptId: string | null
  invoiceId: string | null
  processorStatus: string
  /** What the processor says of the card, where it says it. */
  cardFingerprint?: string | null
  cardCountry?: string | null
}

export type Told = { kind: PaymentDiscrepancy; processorId: string | null }

export interface AttemptFacts {
  id: string
  kind: PaymentAttemptKind
  status: PaymentAttemptStatus
  amountCents: number
  currency: string
  /** The processor's id of the payment that settled it, or of the one that it waits for. */
  processorId: string | null
  /** Of which money that does not fit the owner has been told. */
  told: readonly Told[]
  invoice: { id: string; status: InvoiceStatus }
  customerStatus: CustomerStatus
}

/**
 * What an answer means for an attempt as it stands. `paid_twice`: money was taken that buys nothing (the invoice was paid by another attempt or is
 * void, the buyer has what it is for by another order, or one attempt was charged two times): the owner must give it back. `mismatch`: the answer
 * names another invoice, another kind of payment or other money than ours and is not believed.
 */
export type Verdict =
  | { kind: 'repeat' }
  | { kind: 'wait'; unknown: boolean }
  | { kind: 'action'; processorId: string; processorStatus: string; redirectUrl: string }
  | { kind: 'declined'; processorId: string | null; processorStatus: string; declineCode: string }
  | { kind: 'paid'; processorId: string; processorStatus: string }
  | { kind: 'paid_twice'; processorId: string; processorStatus: string }
  | { kind: 'mismatch'; why: MismatchWhy }

export type MismatchWhy = 'attempt' | 'invoice' | 'kind' | 'amount' | 'currency'

/** The decline code of an attempt that the owner closed, having dealt with money that did not match it. */
export const CLOSED_BY_OWNER = 'closed_by_owner'

/** Our own refusal of a free trial whose card had one before: the bank said yes, and nothing was taken. */
export const TRIAL_USED = 'trial_used'

const OPEN: ReadonlySet<PaymentAttemptStatus> = new Set(OPEN_ATTEMPTS)

/**
 * Reads an answer against our own rows (business rules, paying). A state only moves forward: SUCCEEDED is final, a late refusal or redirect
 * never undoes it, and a success that comes after a refusal still counts, because the money was taken.
 */
export function judgeAnswer(attempt: AttemptFacts, answer: PaymentAnswer): Verdict {
  if (attempt.status === 'SUCCEEDED') return secondCharge(attempt, answer) ?? { kind: 'repeat' }
  const isOpen = OPEN.has(attempt.status)
  if (answer.kind === 'error') {
    if (answer.outcome === 'unknown') return { kind: 'wait', unknown: true }
    return isOpen
      ? { kind: 'declined', processorId: null, processorStatus: answer.code, declineCode: 'processing_error' }
      : { kind: 'repeat' }
  }
  const mismatch = mismatchOf(attempt, answer)
  if (mismatch) return { kind: 'mismatch', why: mismatch }
  const { processorStatus } = answer
  switch (answer.kind) {
    case 'processing':
      return { kind: 'wait', unknown: false }
    case 'requires_action':
      if (!isOpen || attempt.status === 'REQUIRES_ACTION') return { kind: 'repeat' }
      return { kind: 'action', processorId: answer.processorId, processorStatus, redirectUrl: answer.redirectUrl }
    case 'declined':
      return isOpen
        ? { kind: 'declined', processorId: answer.processorId, processorStatus, declineCode: answer.declineCode }
        : { kind: 'repeat' }
    case 'succeeded': {
      const payable = attempt.invoice.status === 'PENDING' && mayBuy(attempt.customerStatus)
      // A set-up takes no money: told again of one that was refused for good, there is nothing to give back.
      if (!payable && attempt.kind === 'SETUP' && attempt.status === 'DECLINED') return { kind: 'repeat' }
      return { kind: payable ? 'paid' : 'paid_twice', processorId: answer.processorId, processorStatus }
    }
  }
}

/**
 * The idempotency key stands against this; should it ever not hold, no further sum taken for one attempt is lost sight of, and each is told once. What
 * is not the sum that was asked for was taken all the same; what names another order may be somebody's good payment, and is compared first.
 */
function secondCharge(attempt: AttemptFacts, answer: PaymentAnswer): Verdict | null {
  if (answer.kind !== 'succeeded' || answer.amountCents === 0 || answer.processorId === attempt.processorId) return null
  const why = mismatchOf(attempt, answer)
  const verdict: Verdict & { kind: PaymentDiscrepancy } =
    why === 'attempt' || why === 'invoice'
      ? { kind: 'mismatch', why }
      : { kind: 'paid_twice', processorId: answer.processorId, processorStatus: answer.processorStatus }
  return isTold(attempt.told, verdict.kind, answer) ? null : verdict
}

/** Whether the owner knows of this money already: the same answer comes again and again. */
export function isTold(told: readonly Told[], kind: PaymentDiscrepancy, answer: PaymentAnswer): boolean {
  return told.some((one) => one.kind === kind && one.processorId === processorIdOf(answer))
}

export function processorIdOf(answer: PaymentAnswer): string | null {
  return answer.kind === 'error' ? null : answer.processorId
}

function mismatchOf(attempt: AttemptFacts, answer: Exclude<PaymentAnswer, { kind: 'error' }>): MismatchWhy | null {
  if (answer.attemptId !== null && answer.attemptId !== attempt.id) return 'attempt'
  if (answer.invoiceId !== null && answer.invoiceId !== attempt.invoice.id) return 'invoice'
  if (answer.intent !== null && answer.intent !== attempt.kind) return 'kind'
  if (answer.kind !== 'succeeded') return null
  // A success must name our attempt: an answer without it could be about any payment of the same account.
  if (answer.attemptId === null || answer.invoiceId === null) return 'attempt'
  if (answer.amountCents !== attempt.amountCents) return 'amount'
  if (attempt.kind === 'CHARGE' && answer.currency !== attempt.currency) return 'currency'
  return null
}
