import * as m from '#web/i18n/paraglide/messages.js'
import { formatTime } from '#web/ui/format.ts'
import { Notice } from '#web/ui/states.tsx'

/** The wait after too many refusals, with its end. */
export function HoldNotice({ until }: { until: string }) {
  return (
    <Notice tone="warning" title={m.checkout_wait_title({ time: formatTime(until) })}>
      {m.checkout_wait_text()}
    </Notice>
  )
}
