import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { INVOICE_STATUSES, PAYMENT_ATTEMPT_STATUSES } from './enums.ts'
import { judgeAnswer, type AttemptFacts, type PaymentAnswer } from './settlement.ts'

const attempt: AttemptFacts = {
  id: 'attempt',
  kind: 'CHARGE',
  status: 'SENT',
  amountCents: 4900,
  currency: 'EUR',
  invoice: { id: 'invoice', status: 'PENDING' },
}
const facts = { amountCents: 4900, currency: 'EUR', attemptId: 'attempt', invoiceId: 'invoice', processorStatus: 'status' }
const succeeded: PaymentAnswer = { kind: 'succeeded', processorId: 'pi', ...facts }
const declined: PaymentAnswer = { kind: 'declined', processorId: 'pi', declineCode: 'insufficient_funds', ...facts }
const action: PaymentAnswer = { kind: 'requires_action', processorId: 'pi', redirectUrl: 'https://bank.example/', ...facts }

test('a success for a pending invoice is paid', () => {
  expect(judgeAnswer(attempt, succeeded)).toEqual({ kind: 'paid', processorId: 'pi', processorStatus: 'status' })
})

test.each([
  ['another attempt', { attemptId: 'other' }, 'attempt'],
  ['no attempt at all', { attemptId: null }, 'attempt'],
  ['another invoice', { invoiceId: 'other' }, 'invoice'],
  ['less money', { amountCents: 490 }, 'amount'],
  ['more money', { amountCents: 49_000 }, 'amount'],
  ['another currency', { currency: 'USD' }, 'currency'],
])('a success that names %s is not believed', (_, change, why) => {
  expect(judgeAnswer(attempt, { ...succeeded, ...change })).toEqual({ kind: 'mismatch', why })
})

test('a late refusal or redirect does not undo a payment, and a success after a refusal still counts', () => {
  for (const late of [declined, action])
    expect(judgeAnswer({ ...attempt, status: 'SUCCEEDED', invoice: { id: 'invoice', status: 'PAID' } }, late).kind).toBe('repeat')
  expect(judgeAnswer({ ...attempt, status: 'DECLINED' }, succeeded).kind).toBe('paid')
  expect(judgeAnswer({ ...attempt, status: 'DECLINED' }, action).kind).toBe('repeat')
})

test('money taken for an invoice that somebody else paid, or that is void, is told to the owner', () => {
  for (const status of ['PAID', 'VOID', 'REFUNDED', 'DRAFT'] as const)
    expect(judgeAnswer({ ...attempt, invoice: { id: 'invoice', status } }, succeeded).kind).toBe('paid_twice')
})

test('an answer that nobody can read is unknown; one that says nothing happened lets the buyer try again', () => {
  expect(judgeAnswer(attempt, { kind: 'error', outcome: 'unknown', code: 'http_502' })).toEqual({ kind: 'wait', unknown: true })
  expect(judgeAnswer(attempt, { kind: 'error', outcome: 'nothing', code: 'parameter_missing' }).kind).toBe('declined')
})

test('whatever comes, only a full success of a pending invoice is paid, and a succeeded attempt never changes', () => {
  const answers = fc.constantFrom<PaymentAnswer>(
    succeeded,
    declined,
    action,
    { kind: 'processing', processorId: 'pi', ...facts },
    { kind: 'error', outcome: 'unknown', code: 'x' },
    { kind: 'error', outcome: 'nothing', code: 'x' },
  )
  fc.assert(
    fc.property(
      answers,
      fc.constantFrom(...PAYMENT_ATTEMPT_STATUSES),
      fc.constantFrom(...INVOICE_STATUSES),
      fc.integer({ min: 0, max: 10_000 }),
      (answer, status, invoiceStatus, amountCents) => {
        const given = answer.kind === 'error' ? answer : { ...answer, amountCents }
        const verdict = judgeAnswer({ ...attempt, status, invoice: { id: 'invoice', status: invoiceStatus } }, given)
        if (status === 'SUCCEEDED') expect(verdict.kind).toBe('repeat')
        if (verdict.kind === 'paid') expect([answer.kind, amountCents, invoiceStatus]).toEqual(['succeeded', 4900, 'PENDING'])
      },
    ),
  )
})
