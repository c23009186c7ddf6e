import type { CommissionDecision } from '#domain/affiliation/commission.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Facts } from '#web/ui/facts.tsx'
import { formatDay, formatMoney, formatRate, formatShortDay } from '#web/ui/format.ts'
import type { SaleGuess } from './calculate.ts'

function partText(percent: number, at: Date): string {
  return m.sites_calc_main({ percent: formatRate(percent * 100, 0), day: formatDay(at) })
}

/** From the price to the two dates, one line per step, and the same in one sentence. */
export function SaleReceipt({ guess, sale }: { guess: SaleGuess; sale: CommissionDecision }) {
  return (
    <div className="receipt">
      <Facts
        facts={[
          { label: m.sites_calc_price(), cents: guess.priceCents },
          { label: m.selling_excl(), cents: sale.baseAmount },
          { label: `${m.affiliation_commission()} (${formatRate(guess.rate)})`, cents: sale.totalCents, total: true },
          { label: `${m.affiliation_main_part()}, ${partText(sale.split.mainPercent, sale.lockedUntil)}`, cents: sale.lockedAmount },
          {
            label: `${m.affiliation_extended_part()}, ${partText(sale.split.extendedPercent, sale.extendedLockedUntil)}`,
            cents: sale.extendedLockAmount,
          },
        ]}
      />
      <p className="receipt__sentence">
        {m.sites_calc_sentence({
          main: formatMoney(sale.lockedAmount),
          mainDay: formatShortDay(sale.lockedUntil),
          extended: formatMoney(sale.extendedLockAmount),
          extendedDay: formatShortDay(sale.extendedLockedUntil),
        })}
      </p>
    </div>
  )
}
