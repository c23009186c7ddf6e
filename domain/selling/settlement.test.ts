import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { CUSTOMER_STATUSES } from '#domain/base/enums.ts'
import { INVOICE_STATUSES, PAYMENT_ATTEMPT_STATUSES } from './enums.ts'
import { judgeAnswer, type AttemptFacts, type PaymentAnswer } from './settlement.ts'

const attempt: AttemptFacts = {
  id: 'attempt',
  kind: 'CHARGE',
  status: 'SENT',
  amountCents: 4900,
  currency: 'EUR',
  processorId: null,
  told: [],
  customerStatus: 'INCOMPLETE',
  invoice: { id: 'invoice', status: 'PENDING' },
}
const facts = {
  intent: 'CHARGE' as const,
  amountCents: 4900,
  currency: 'EUR',
  attemptId: 'attempt',
  invoiceId: 'invoice',
  processorStatus: 'status',
}
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
  ['another kind of payment', { intent: 'SETUP' as const }, 'kind'],
])('a success that names %s is not believed', (_, change, why) => {
  expect(judgeAnswer(attempt, { ...succeeded, ...change })).toEqual({ kind: 'mismatch', why })
})

test('a set-up is no charge of nothing, and a charge is no set-up', () => {
  const trial = { ...attempt, kind: 'SETUP' as const, amountCents: 0 }
  const free = { amountCents: 0, currency: null }
  expect(judgeAnswer(trial, { ...succeeded, ...free, intent: 'SETUP' }).kind).toBe('paid')
  for (const answer of [
    { ...succeeded, ...free },
    { ...declined, ...free },
    { ...action, ...free },
  ])
    expect(judgeAnswer(trial, answer)).toEqual({ kind: 'mismatch', why: 'kind' })
})

test('a refusal that names no payment says nothing of its kind', () => {
  for (const kind of ['CHARGE', 'SETUP'] as const)
    expect(judgeAnswer({ ...attempt, kind }, { ...declined, intent: null, processorId: null }).kind).toBe('declined')
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

test('an order whose buyer has what it is for by another one buys nothing', () => {
  const paid = CUSTOMER_STATUSES.filter((customerStatus) => judgeAnswer({ ...attempt, customerStatus }, succeeded).kind === 'paid')
  expect(paid).toEqual(['EXPIRED', 'INCOMPLETE'])
  for (const customerStatus of CUSTOMER_STATUSES)
    expect(['paid', 'paid_twice']).toContain(judgeAnswer({ ...attempt, customerStatus }, succeeded).kind)
})

test('a second sum taken for one attempt is told once, the first one repeated is not', () => {
  const done = { ...attempt, status: 'SUCCEEDED' as const, processorId: 'pi', invoice: { id: 'invoice', status: 'PAID' as const } }
  expect(judgeAnswer(done, succeeded).kind).toBe('repeat')
  expect(judgeAnswer(done, { ...succeeded, processorId: 'pi_other' }).kind).toBe('paid_twice')
  const told = [{ kind: 'paid_twice' as const, processorId: 'pi_other' }]
  expect(judgeAnswer({ ...done, told }, { ...succeeded, processorId: 'pi_other' }).kind).toBe('repeat')
  expect(judgeAnswer({ ...done, told }, { ...succeeded, processorId: 'pi_third' }).kind).toBe('paid_twice')
})

test('a second sum that is not the one that was asked for is told too, and what took nothing is not', () => {
  const done = { ...attempt, status: 'SUCCEEDED' as const, processorId: 'pi', invoice: { id: 'invoice', status: 'PAID' as const } }
  const other = { ...succeeded, processorId: 'pi_other' }
  expect(judgeAnswer(done, { ...other, amountCents: 5900 }).kind).toBe('paid_twice')
  expect(judgeAnswer(done, { ...other, currency: 'USD' }).kind).toBe('paid_twice')
  // Of another order, or of nobody says which: it may be somebody's good payment.
  expect(judgeAnswer(done, { ...other, attemptId: 'other' })).toEqual({ kind: 'mismatch', why: 'attempt' })
  expect(judgeAnswer(done, { ...other, invoiceId: 'other' })).toEqual({ kind: 'mismatch', why: 'invoice' })
  const mismatch = [{ kind: 'mismatch' as const, processorId: 'pi_other' }]
  expect(judgeAnswer({ ...done, told: mismatch }, { ...other, invoiceId: 'other' }).kind).toBe('repeat')
  const trial = { ...done, kind: 'SETUP' as const, amountCents: 0 }
  expect(judgeAnswer(trial, other).kind).toBe('paid_twice')
  for (const one of [done, trial])
    expect(judgeAnswer(one, { ...other, intent: 'SETUP', amountCents: 0, currency: null }).kind).toBe('repeat')
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
      fc.constantFrom(...CUSTOMER_STATUSES),
      fc.oneof(fc.constant(4900), fc.integer({ min: 0, max: 10_000 })),
      (answer, status, invoiceStatus, customerStatus, amountCents) => {
        const given = answer.kind === 'error' ? answer : { ...answer, amountCents }
        const invoice = { id: 'invoice', status: invoiceStatus }
        const verdict = judgeAnswer({ ...attempt, status, processorId: 'pi', invoice, customerStatus }, given)
        if (status === 'SUCCEEDED') expect(verdict.kind).toBe('repeat')
        if (verdict.kind !== 'paid') return
        expect([answer.kind, amountCents, invoiceStatus]).toEqual(['succeeded', 4900, 'PENDING'])
        expect(['INCOMPLETE', 'EXPIRED']).toContain(customerStatus)
      },
    ),
  )
})
