import { Link } from '@tanstack/react-router'
import type { AffiliateHome } from '#web/data/overview.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { FigureLink } from '#web/shell/links.tsx'
import { noonOf, formatShortDay } from '#web/ui/format.ts'
import { Money } from '#web/ui/money.tsx'

type MoneyView = AffiliateHome['money']

function untilNote({ cents, from, until }: MoneyView['locked']): string {
  if (cents === 0 || !from || !until) return m.overview_nothing_locked()
  const last = formatShortDay(noonOf(until))
  return from === until ? m.overview_until({ day: last }) : m.overview_until_span({ from: formatShortDay(noonOf(from)), to: last })
}

/** Six figures that add up to the platform's own account; each opens the rows it sums. */
export function MoneyFigures({ money }: { money: MoneyView }) {
  return (
    <section aria-label={m.overview_money()} className="ui-stack">
      <div className="ui-grid wk-figures">
        <FigureLink
          to="/ledger"
          search={{ account: 'AVAILABLE' }}
          label={m.overview_available()}
          value={<Money cents={money.availableCents} />}
          note={m.overview_available_note()}
          tone="success"
        />
        <FigureLink
          to="/commissions"
          search={{ sort: 'lockedUntil', status: 'LOCKED' }}
          label={m.overview_locked()}
          value={<Money cents={money.locked.cents} />}
          note={untilNote(money.locked)}
        />
        <FigureLink
          to="/ledger"
          search={{ account: 'LOCKED' }}
          label={m.overview_extended()}
          value={<Money cents={money.extended.cents} />}
          note={untilNote(money.extended)}
        />
        {money.undatedCents > 0 && <StuckFigure cents={money.undatedCents} />}
        <FigureLink
          to="/ledger"
          search={{ account: 'RESERVED' }}
          label={m.overview_in_withdrawal()}
          value={<Money cents={money.inWithdrawalCents} />}
          note={m.overview_in_withdrawal_note()}
        />
        <FigureLink
          to="/ledger"
          search={{ account: 'PAYABLE' }}
          label={m.overview_paid()}
          value={<Money cents={money.paidCents} />}
          note={m.overview_paid_note()}
        />
        <FigureLink
          to="/ledger"
          search={{ account: 'DEBT' }}
          label={m.overview_debt()}
          value={<Money cents={money.debtCents} />}
          note={money.debtCents > 0 ? m.overview_debt_note() : m.overview_debt_none()}
          tone={money.debtCents > 0 ? 'danger' : 'plain'}
        />
      </div>
      <p className="wk-sum">
        <span>{m.overview_sum()}</span>
        <Link to="/ledger" search={{ account: 'PLATFORM' }} title={m.overview_sum_link()}>
          <Money cents={money.owedCents} />
        </Link>
      </p>
    </section>
  )
}

function StuckFigure({ cents }: { cents: number }) {
  return (
    <FigureLink
      to="/commissions"
      search={{ status: 'PENDING_LOCK' }}
      label={m.overview_stuck()}
      value={<Money cents={cents} />}
      note={m.overview_stuck_note()}
    />
  )
}
