import { unreachable } from '#domain/base/unreachable.ts'
import type { Purchase } from '#web/data/purchases.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import type { Tone } from '#web/ui/badge.tsx'
import { formatDay } from '#web/ui/format.ts'

export type Status = { tone: Tone; label: string; why: string | undefined }

function until(say: (inputs: { day: string }) => string, at: string | null): string | undefined {
  return at === null ? undefined : say({ day: formatDay(at) })
}

/** How a purchase stands, why, and until when. */
export function purchaseStatus(purchase: Purchase): Status {
  switch (purchase.status) {
    case 'TRIAL':
      return { tone: 'info', label: m.purchase_status_trial(), why: until(m.selling_status_trial_why, purchase.trialEndsAt) }
    case 'ACTIVE':
      return activeStatus(purchase)
    case 'PAST_DUE':
      return { tone: 'danger', label: m.purchase_status_past_due(), why: m.selling_status_past_due_why() }
    case 'CANCELLED':
      return { tone: 'warning', label: m.purchase_status_cancelled(), why: until(m.selling_status_cancelled_why, purchase.endsAt) }
    case 'EXPIRED':
    case 'INCOMPLETE':
      return { tone: 'neutral', label: m.purchase_status_expired(), why: until(m.selling_status_expired_why, purchase.endsAt) }
    default:
      return unreachable(purchase.status)
  }
}

/** What renews is paid until a day; what was bought once is simply owned. */
function activeStatus({ nextCharge, paidUntil, endsAt }: Purchase): Status {
  if (paidUntil === null) return { tone: 'success', label: m.purchase_status_owned(), why: m.selling_status_owned_why() }
  const why =
    nextCharge === null ? until(m.selling_status_cancelled_why, endsAt ?? paidUntil) : until(m.selling_status_active_why, paidUntil)
  return { tone: 'success', label: m.purchase_status_active(), why }
}
