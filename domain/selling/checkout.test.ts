import { expect, test } from 'vitest'
import { CUSTOMER_STATUSES } from '#domain/base/enums.ts'
import { AppError } from '#domain/error.ts'
import { assertOrder, checkoutStep, mayBuy, type CheckoutFacts, type OrderFacts } from './checkout.ts'

const now = new Date('2026-05-01T10:00:00Z')
const open: CheckoutFacts = {
  state: 'CARD',
  expiresAt: new Date('2026-05-01T10:20:00Z'),
  hasCard: false,
  cardCapturedAt: null,
  attempt: null,
  hasAstray: false,
}
const late = { ...open, expiresAt: new Date('2026-05-01T09:59:59Z') }
const before = new Date('2026-05-01T09:50:00Z')

test.each<[string, CheckoutFacts, string]>([
  ['an address that must be proven', { ...open, state: 'IDENTIFY' }, 'IDENTIFY'],
  ['no card yet', open, 'CARD'],
  ['a card', { ...open, state: 'REVIEW', hasCard: true, cardCapturedAt: before }, 'REVIEW'],
  ['half an hour gone', late, 'EXPIRED'],
  ['an order on its way', { ...open, attempt: { status: 'SENT', createdAt: before } }, 'PAYING'],
  ['an order on its way after the half hour', { ...late, attempt: { status: 'CREATED', createdAt: before } }, 'PAYING'],
  ['the bank waiting', { ...open, attempt: { status: 'REQUIRES_ACTION', createdAt: before } }, 'BANK'],
  ['an answer that never came', { ...late, attempt: { status: 'UNKNOWN', createdAt: before } }, 'UNCERTAIN'],
  [
    'a refusal',
    { ...open, state: 'REVIEW', hasCard: true, cardCapturedAt: before, attempt: { status: 'DECLINED', createdAt: now } },
    'DECLINED',
  ],
  [
    'a new card after a refusal',
    { ...open, state: 'REVIEW', hasCard: true, cardCapturedAt: now, attempt: { status: 'DECLINED', createdAt: before } },
    'REVIEW',
  ],
  ['paid', { ...late, state: 'PAID', attempt: { status: 'SUCCEEDED', createdAt: before } }, 'PAID'],
  [
    'money for an order that was closed',
    { ...late, state: 'EXPIRED', hasAstray: true, attempt: { status: 'SUCCEEDED', createdAt: before } },
    'GIVE_BACK',
  ],
  ['money for an order that was paid', { ...open, state: 'PAID', hasAstray: true }, 'GIVE_BACK'],
  [
    'a card that was authenticated for nothing',
    { ...open, state: 'EXPIRED', attempt: { status: 'SUCCEEDED', createdAt: before } },
    'GIVE_BACK',
  ],
  ['a payment that is just being written', { ...open, state: 'PAYING', attempt: { status: 'SUCCEEDED', createdAt: before } }, 'PAID'],
])('with %s the checkout shows its own step', (_, facts, step) => {
  expect(checkoutStep(facts, now)).toBe(step)
})

const facts: OrderFacts = { step: 'REVIEW', customerStatus: 'INCOMPLETE', dueTodayCents: 4900, termsVersion: '2026-01', salesOpen: true }
const order = { amountCents: 4900, termsVersion: '2026-01', ageConfirmed: true, immediateStart: true } as const

test('an order is taken for exactly what the page restated', () => {
  expect(() => assertOrder(facts, order)).not.toThrow()
})

test.each<[Partial<OrderFacts>, string]>([
  [{ dueTodayCents: 5900 }, 'order_changed'],
  [{ termsVersion: '2026-02' }, 'terms_outdated'],
  [{ salesOpen: false }, 'sales_paused'],
  [{ customerStatus: 'ACTIVE' }, 'already_owned'],
  [{ step: 'CARD' }, 'card_missing'],
  [{ step: 'EXPIRED' }, 'checkout_expired'],
  [{ step: 'IDENTIFY' }, 'email_not_proven'],
  [{ step: 'PAYING' }, 'payment_in_progress'],
  [{ step: 'UNCERTAIN' }, 'payment_unknown'],
  [{ step: 'GIVE_BACK' }, 'checkout_out_of_step'],
])('%j refuses with %s', (change, code) => {
  try {
    assertOrder({ ...facts, ...change }, order)
    expect.unreachable()
  } catch (error) {
    expect(error instanceof AppError ? error.code : error).toBe(code)
  }
})

test('a product can be bought by whoever never had it or no longer has it', () => {
  expect([null, ...CUSTOMER_STATUSES].filter(mayBuy)).toEqual([null, 'EXPIRED', 'INCOMPLETE'])
})
