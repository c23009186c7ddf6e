import type { Commission } from '#web/data/commissions.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { formatDateTime, formatMoney } from '#web/ui/format.ts'
import type { TimelineStep } from '#web/ui/timeline.tsx'

type Step = Commission['history'][number]
type Wait = Commission['waits'][number]

function titleOf({ what, cents }: Step): string {
  const amount = { cents: formatMoney(cents ?? 0) }
  const titles = {
    earned: () => m.affiliation_step_earned(amount),
    held: m.affiliation_step_held,
    released: m.affiliation_step_released,
    main_matured: m.affiliation_step_main_matured,
    extended_matured: m.affiliation_step_extended_matured,
    clawed_back: () => m.affiliation_step_clawed_back(amount),
    reinstated: () => m.affiliation_step_reinstated(amount),
    disputed: m.affiliation_step_disputed,
  }
  return titles[what]()
}

function comingTitle({ why, part, cents }: Wait): string {
  if (why === 'held') return m.affiliation_step_decide()
  const amount = { cents: formatMoney(cents) }
  return part === 'extended' ? m.affiliation_step_extended_due(amount) : m.affiliation_step_main_due(amount)
}

/** What happened, then what comes on which day. What waits without a date is told above, not here. */
export function stepsOf({ history, waits }: Commission): TimelineStep[] {
  const done = history.map((step, index) => ({
    key: `${step.what}-${index}`,
    title: titleOf(step),
    text: formatDateTime(step.at),
    state: 'done' as const,
  }))
  const coming = waits.flatMap((wait) =>
    wait.until ? [{ key: wait.part, title: comingTitle(wait), text: formatDateTime(wait.until) }] : [],
  )
  return [...done, ...coming.map((step, index) => ({ ...step, state: index === 0 ? ('current' as const) : ('upcoming' as const) }))]
}
