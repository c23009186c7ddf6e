import { unreachable } from '#domain/base/unreachable.ts'
import type { Discrepancy, MoneyBack } from '#web/data/decisions.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import type { Tone } from '#web/ui/badge.tsx'
import { formatMoney } from '#web/ui/format.ts'

/** A decision's name, why it waits and what is to be done. */
export type DecisionWords = { tone: Tone; label: string; why: string }

export function discrepancyWords({ kind, why, saidCents, askedCents }: Discrepancy): DecisionWords {
  if (kind === 'paid_twice') return { tone: 'danger', label: m.selling_decide_twice(), why: m.selling_decide_twice_why() }
  const differs = why === 'amount' || why === 'currency'
  const amounts = { said: formatMoney(saidCents), asked: formatMoney(askedCents) }
  return {
    tone: 'warning',
    label: m.selling_decide_mismatch(),
    why: differs ? m.selling_decide_mismatch_amount(amounts) : m.selling_decide_mismatch_why(),
  }
}

export function moneyBackWords(row: MoneyBack): DecisionWords {
  switch (row.kind) {
    case 'refund':
      return { tone: 'info', label: refundState(row.state), why: m.selling_decide_refund_why() }
    case 'dispute':
      return {
        tone: row.state === 'won' ? 'success' : 'danger',
        label: disputeState(row.state),
        why: row.state === 'opened' ? m.selling_decide_dispute_open_why() : m.selling_decide_dispute_why(),
      }
    case 'unreadable':
      return { tone: 'warning', label: m.selling_decide_unreadable(), why: m.selling_decide_unreadable_why() }
    default:
      return unreachable(row)
  }
}

type StateOf<Kind extends MoneyBack['kind']> = Extract<MoneyBack, { kind: Kind }>['state']

function refundState(state: StateOf<'refund'>): string {
  return { pending: m.selling_decide_refund_pending, succeeded: m.selling_decide_refund_done, failed: m.selling_decide_refund_failed }[
    state
  ]()
}

function disputeState(state: StateOf<'dispute'>): string {
  return { opened: m.selling_decide_dispute_opened, won: m.selling_decide_dispute_won, lost: m.selling_decide_dispute_lost }[state]()
}
