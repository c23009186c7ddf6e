import { floorDiv } from '#domain/base/money.ts'

/** One day's counters over all links and products. */
export interface DayFigures {
  day: string
  grossClicks: number
  uniqueClicks: number
  filteredClicks: number
  salesCount: number
  salesCents: number
  commissionCents: number
}

const NOTHING = { grossClicks: 0, uniqueClicks: 0, filteredClicks: 0, salesCount: 0, salesCents: 0, commissionCents: 0 }

/** Each day of the period beside the day as far into the one before, so that the chart can draw both. */
export function viewEarnings(days: readonly string[], previous: readonly string[], rows: readonly DayFigures[]) {
  const byDay = new Map(rows.map((row) => [row.day, row]))
  return days.map((day, n) => ({
    day,
    commissionCents: byDay.get(day)?.commissionCents ?? 0,
    salesCount: byDay.get(day)?.salesCount ?? 0,
    uniqueClicks: byDay.get(day)?.uniqueClicks ?? 0,
    previousCents: byDay.get(previous[n] ?? '')?.commissionCents ?? 0,
  }))
}

/** Clicks and what came of them in some days. Rates are null while there is nothing to divide by. */
export function viewTraffic(days: readonly string[], rows: readonly DayFigures[]) {
  const wanted = new Set(days)
  const total = rows.filter((row) => wanted.has(row.day)).reduce((sum, row) => added(sum, row), NOTHING)
  const { uniqueClicks, salesCount, commissionCents } = total
  return {
    ...total,
    /** Sales per unique click, in ten-thousandths. */
    conversionBps: uniqueClicks > 0 ? floorDiv(salesCount * 10_000, uniqueClicks) : null,
    /** Commission per unique click, in cents. */
    epcCents: uniqueClicks > 0 ? floorDiv(commissionCents, uniqueClicks) : null,
  }
}

function added(a: typeof NOTHING, b: typeof NOTHING): typeof NOTHING {
  return {
    grossClicks: a.grossClicks + b.grossClicks,
    uniqueClicks: a.uniqueClicks + b.uniqueClicks,
    filteredClicks: a.filteredClicks + b.filteredClicks,
    salesCount: a.salesCount + b.salesCount,
    salesCents: a.salesCents + b.salesCents,
    commissionCents: a.commissionCents + b.commissionCents,
  }
}
