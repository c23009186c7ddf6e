import { statusWords } from '#web/affiliation/words.ts'
import type { CommissionLine } from '#web/data/commissions.ts'
import { StatusBadge } from '#web/ui/badge.tsx'
import { whyOf } from './commission-why.ts'

/** The status, why it is so and until when. */
export function CommissionBadge({ commission }: { commission: CommissionLine }) {
  const { tone, label } = statusWords[commission.status]
  return <StatusBadge tone={tone} label={label()} why={whyOf(commission)} />
}
