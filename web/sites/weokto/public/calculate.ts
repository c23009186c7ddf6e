import { decideCommission, type CommissionDecision } from '#domain/affiliation/commission.ts'
import { LOCK_PROFILES, type LockProfile } from '#domain/affiliation/enums.ts'
import { cents, taxOf } from '#domain/base/money.ts'
import { vatBps } from '#domain/base/vat.ts'
import type { PublicPolicy } from '#domain/base/public-policy.ts'
import { EXAMPLE_COUNTRY } from '#web/catalogue/example-country.ts'

export type SaleGuess = {
  /** Tax included, in cents. */
  priceCents: number
  /** In ten-thousandths. */
  rate: number
  profile: LockProfile
}

/** The first sale of somebody who begins: the price and the rate of an ordinary subscription. */
export const FIRST_SALE: SaleGuess = { priceCents: 4900, rate: 3000, profile: 'NEW' }

/** What such a sale would earn at `now` by the rules in force: the very function that decides when an invoice is paid. Null when it earns nothing. */
export function calculate({ priceCents, rate, profile }: SaleGuess, policy: PublicPolicy, now: Date): CommissionDecision | null {
  return decideCommission(
    {
      invoice: { kind: 'FIRST', amountExcludingTax: taxOf(cents(priceCents), vatBps(policy, EXAMPLE_COUNTRY)).excl },
      earlierKinds: [],
      terms: { rateType: 'percentage', rate, includeRenewals: true },
      program: { isActive: true },
      platform: 'STAM',
      affiliate: { firstCommissionAt: null, riskLevel: 'NORMAL', lockProfileOverride: profile, isBlocked: false },
      boost: null,
      holdReasons: [],
    },
    policy,
    now,
  )
}

const MOST_CENTS = 10_000_000

/** « 49 », « 49,00 » or "49.00" as cents; null when it is no price. */
export function priceOf(text: string): number | null {
  const value = scaled(text, 100)
  return value !== null && value > 0 && value <= MOST_CENTS ? value : null
}

/** « 30 » or « 12,5 » per cent as ten-thousandths; null when it is no rate. */
export function rateOf(text: string): number | null {
  const value = scaled(text, 100)
  return value !== null && value > 0 && value <= 10_000 ? value : null
}

function scaled(text: string, scale: number): number | null {
  const clean = text.replaceAll(/[\s\u00a0\u202f€%]/g, '').replace(',', '.')
  return /^\d{1,7}(?:\.\d{1,2})?$/.test(clean) ? Math.round(Number(clean) * scale) : null
}

export function profileNamed(text: string | undefined): LockProfile | undefined {
  return LOCK_PROFILES.find((profile) => profile === text)
}
