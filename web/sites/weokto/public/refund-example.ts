import { clawbackTarget } from '#domain/affiliation/clawback.ts'
import { cents } from '#domain/base/money.ts'
import type { PublicPolicy } from '#domain/base/public-policy.ts'
import { calculate, FIRST_SALE } from './calculate.ts'

const REFUNDED = cents(1000)

/** What a refund of 10.00 € takes back of the calculator's first sale. */
export function refundExampleCents(policy: PublicPolicy): number {
  const sale = calculate(FIRST_SALE, policy, new Date())
  if (!sale) return 0
  const invoice = { invoiceTotalCents: cents(FIRST_SALE.priceCents), refundedCents: REFUNDED, wonBackCents: cents(0) }
  return clawbackTarget({ ...invoice, totalCents: sale.totalCents, isHoldRejected: false })
}
