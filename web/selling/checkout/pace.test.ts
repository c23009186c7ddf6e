import { describe, expect, test } from 'vitest'
import { CHECKOUT_STEPS } from '#domain/selling/checkout.ts'
import { nextAsk } from './pace.ts'

describe('asking where a checkout stands', () => {
  test('begins fast while paying and slows down', () => {
    expect(nextAsk('PAYING', 0)).toBe(700)
    expect(nextAsk('PAYING', 6_000)).toBe(2_000)
    expect(nextAsk('PAYING', 60_000)).toBe(4_000)
  })

  test('stops after a while, whatever the step', () => {
    for (const step of CHECKOUT_STEPS) expect(nextAsk(step, 60 * 60_000, true)).toBe(false)
  })

  test('does not ask where nothing happens without the buyer', () => {
    for (const step of ['IDENTIFY', 'REVIEW', 'DECLINED', 'PAID', 'EXPIRED'] as const) expect(nextAsk(step, 0)).toBe(false)
  })

  test('asks sooner once the vault said that it has a card', () => {
    expect(nextAsk('CARD', 60_000)).toBe(5_000)
    expect(nextAsk('CARD', 60_000, true)).toBe(700)
  })

  test('asks for a while of an order that was refused because a payment is under way', () => {
    expect(nextAsk('REVIEW', 60_000, true)).toBe(700)
    expect(nextAsk('REVIEW', 60_000)).toBe(false)
  })

  test('asks a bounded number of times in all', () => {
    let asked = 0
    for (let waited = 0; ; asked += 1) {
      const pause = nextAsk('PAYING', waited)
      if (pause === false) break
      waited += pause
    }
    expect(asked).toBeLessThan(170)
  })
})
