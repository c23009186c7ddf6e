import * as m from '#web/i18n/paraglide/messages.js'
import { formatTime } from '#web/ui/format.ts'
import { Notice } from '#web/ui/states.tsx'

/** The end of the wait, and whose time that is for a reader whose own clock says another. */
export function holdTitle(until: string): string {
  const time = formatTime(until)
  const isElsewhere = time !== formatTime(until, Intl.DateTimeFormat().resolvedOptions().timeZone)
  return m.selling_checkout_wait_title({ time: isElsewhere ? m.selling_checkout_paris_time({ time }) : time })
}

/** The wait after too many refusals, with its end. */
export function WaitNotice({ until }: { until: string }) {
  return (
    <Notice tone="warning" title={holdTitle(until)}>
      {m.selling_checkout_wait_text()}
    </Notice>
  )
}
