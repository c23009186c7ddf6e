import { profileWords } from '#web/affiliation/words.ts'
import type { CommissionLine } from '#web/data/commissions.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { formatDay, formatMoney, formatRate, formatShortDay } from '#web/ui/format.ts'
import { formatNumber } from '#web/ui/number-format.ts'

type Wait = CommissionLine['waits'][number]
type Terms = Pick<CommissionLine, 'profile' | 'earnedAt' | 'totalCents' | 'mainCents' | 'extendedCents'>

const DAY_MS = 86_400_000

/** The reason in one line, for lists: the first thing that is waited for, or what became of it. */
export function whyOf(commission: CommissionLine): string {
  const [wait] = commission.waits
  if (wait) return waitText(wait, commission, formatShortDay)
  if (commission.status === 'CLAWED_BACK') return m.affiliation_why_taken_all()
  if (commission.status === 'PAID') return m.affiliation_why_paid()
  const days = [commission.mainMaturedAt, commission.extendedMaturedAt].filter((at) => at !== null).toSorted()
  const last = days.at(-1)
  const taken = commission.clawedBackCents > 0 ? m.affiliation_why_taken({ cents: formatMoney(commission.clawedBackCents) }) : ''
  return [last ? m.affiliation_why_matured({ day: formatShortDay(last) }) : '', taken].filter(Boolean).join(' · ')
}

/** The same with percentage and days, for the page of one commission. */
export function fullWaitText(wait: Wait, commission: Terms): string {
  if (wait.why !== 'locked' || !wait.until || !commission.earnedAt || commission.totalCents === 0)
    return waitText(wait, commission, formatDay)
  const part = wait.part === 'extended' ? commission.extendedCents : commission.mainCents
  const words = {
    day: formatDay(wait.until),
    profile: profileName(commission),
    percent: formatRate(Math.round((part * 100) / commission.totalCents) * 100, 0),
    days: formatNumber(Math.round((Date.parse(wait.until) - Date.parse(commission.earnedAt)) / DAY_MS)),
  }
  return wait.part === 'extended' ? m.affiliation_why_extended_full(words) : m.affiliation_why_locked_full(words)
}

function waitText(wait: Wait, commission: Terms, format: (at: string) => string): string {
  if (wait.why === 'disputed') return m.affiliation_why_disputed()
  if (wait.why === 'blocked') return m.affiliation_why_blocked()
  if (wait.why === 'release' || (wait.why === 'locked' && !wait.until)) return m.affiliation_why_release()
  if (!wait.until) return m.affiliation_why_held_open()
  const day = format(wait.until)
  if (wait.why === 'held') return m.affiliation_why_held({ day })
  const profile = profileName(commission)
  return wait.part === 'extended' ? m.affiliation_why_extended({ day, profile }) : m.affiliation_why_locked({ day, profile })
}

function profileName({ profile }: Terms): string {
  return profile ? profileWords[profile]() : ''
}
