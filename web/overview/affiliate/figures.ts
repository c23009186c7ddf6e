import { daysText } from '#domain/base/paris.ts'
import type { AffiliateHome } from '#web/data/overview.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import type { Figure } from '#web/overview/figure.tsx'
import { formatMoney, formatRate, formatShortDay, noonOf } from '#web/ui/format.ts'
import { formatNumber } from '#web/ui/number-format.ts'

type Home = Pick<AffiliateHome, 'money' | 'period'>
type Traffic = AffiliateHome['period']['now']

const ledger = (account: string) => ({ to: '/ledger', search: { account } })
const commissions = (search: Record<string, string>) => ({ to: '/commissions', search })

/** What one's account holds, part by part: these add up to what is owed. */
export function moneyFigures({ money }: Pick<Home, 'money'>) {
  return {
    available: {
      label: m.ledger_account_available(),
      value: { cents: money.availableCents },
      note: m.overview_available_note(),
      tone: 'success',
      opens: ledger('AVAILABLE'),
    },
    main: {
      label: m.affiliation_waits_main(),
      value: { cents: money.locked.cents },
      note: untilNote(money.locked),
      opens: commissions({ waits: 'main', sort: 'lockedUntil' }),
    },
    extended: {
      label: m.affiliation_waits_extended(),
      value: { cents: money.extended.cents },
      note: untilNote(money.extended),
      opens: commissions({ waits: 'extended' }),
    },
    undated: {
      label: m.affiliation_waits_undated(),
      value: { cents: money.undatedCents },
      note: money.undatedCents > 0 ? m.overview_stuck_note() : m.overview_stuck_none(),
      opens: commissions({ waits: 'undated' }),
    },
    inWithdrawal: {
      label: m.affiliation_in_withdrawal(),
      value: { cents: money.inWithdrawalCents },
      note: m.overview_in_withdrawal_note(),
      opens: ledger('IN_WITHDRAWAL'),
    },
    debt: {
      label: m.ledger_account_debt(),
      value: { cents: money.debtCents },
      note: money.debtCents > 0 ? m.overview_debt_note() : m.overview_debt_none(),
      tone: money.debtCents > 0 ? 'danger' : 'plain',
      opens: ledger('DEBT'),
    },
  } satisfies Record<string, Figure>
}

/** What the platform owes, which the figures above sum to, and what it has paid, which left the account. */
export function sumFigures({ money }: Pick<Home, 'money'>) {
  return {
    owed: {
      label: m.overview_sum(),
      value: { cents: money.owedCents },
      note: m.overview_sum_link(),
      opens: ledger('PLATFORM'),
    },
    paid: {
      label: `${m.affiliation_paid_out()} · ${m.overview_paid_note()}`,
      value: { cents: money.paidCents },
      note: m.overview_sum_link(),
      opens: ledger('PAID_OUT'),
    },
  } satisfies Record<string, Figure>
}

/** Clicks as they came, as they count and as they were put aside, and what they earned: sums and quotients of what one's links brought. */
export function trafficFigures({ period }: Pick<Home, 'period'>) {
  const { now, before, earnings } = period
  const shown = daysText({ from: earnings[0]?.day ?? '', to: earnings.at(-1)?.day ?? '' })
  const links = (sort: string) => ({ to: '/links', search: { period: shown, sort } })
  const earlier = (text: (traffic: Traffic) => string) => m.overview_before({ value: text(before) })
  return {
    gross: {
      label: m.affiliation_gross(),
      value: { count: now.grossClicks },
      note: earlier((it) => formatNumber(it.grossClicks)),
      opens: links('clicks'),
    },
    unique: {
      label: m.affiliation_unique(),
      value: { count: now.uniqueClicks },
      note: earlier((it) => formatNumber(it.uniqueClicks)),
      opens: links('clicks'),
    },
    filtered: {
      label: m.affiliation_filtered(),
      value: { count: now.filteredClicks },
      note: m.overview_filtered_note(),
      opens: links('clicks'),
    },
    conversion: {
      label: m.overview_conversion(),
      value: { rateBps: now.conversionBps },
      note: `${m.overview_conversion_note({ count: now.salesCount })} · ${earlier((it) => rate(it.conversionBps))}`,
      opens: links('sales'),
    },
    perClick: {
      label: m.overview_epc(),
      value: { centsEach: now.epcCents },
      note: `${m.overview_epc_note()} · ${earlier((it) => each(it.epcCents))}`,
      opens: links('commission'),
    },
  } satisfies Record<string, Figure>
}

function untilNote({ cents, from, until }: AffiliateHome['money']['locked']): string {
  if (cents === 0 || !from || !until) return m.overview_nothing_locked()
  const last = formatShortDay(noonOf(until))
  return from === until ? m.overview_until({ day: last }) : m.overview_until_span({ from: formatShortDay(noonOf(from)), to: last })
}

const rate = (bps: number | null): string => (bps === null ? m.overview_none_yet() : formatRate(bps))
const each = (cents: number | null): string => (cents === null ? m.overview_none_yet() : formatMoney(cents))
