import type { PlanInterval } from '#domain/base/enums.ts'
import { unreachable } from '#domain/base/unreachable.ts'
import type { RateType } from '#domain/catalogue/enums.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { formatMoney, formatRate } from '#web/ui/format.ts'

export const intervalWords: Record<PlanInterval, () => string> = {
  ONE_TIME: m.interval_one_time,
  MONTHLY: m.interval_monthly,
  QUARTERLY: m.interval_quarterly,
  ANNUALLY: m.interval_annually,
  LIFETIME: m.interval_lifetime,
}

/** A program's rate in ten-thousandths: « 30 % », or « 10,00 € » when it is a fixed amount per sale. */
export function rateText(rateType: RateType, rate: number): string {
  return rateType === 'percentage' ? formatRate(rate) : formatMoney(Math.floor(rate / 100))
}

/** « 49,00 € par mois »: the full price of a plan, VAT included. */
export function priceRhythm(interval: PlanInterval): string {
  switch (interval) {
    case 'MONTHLY':
      return m.catalogue_checkout_price_month()
    case 'QUARTERLY':
      return m.catalogue_checkout_price_quarter()
    case 'ANNUALLY':
      return m.catalogue_checkout_price_year()
    case 'ONE_TIME':
    case 'LIFETIME':
      return m.catalogue_checkout_price_once()
    default:
      return unreachable(interval)
  }
}
