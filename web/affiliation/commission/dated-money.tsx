import { DateTime } from '#web/ui/date-time.tsx'
import { Money } from '#web/ui/money.tsx'

/** An amount and the day it is released on, one above the other. */
export function DatedMoney({ cents, at }: { cents: number; at: string | null }) {
  return (
    <span className="wk-part">
      <Money cents={cents} />
      {at && (
        <span className="ui-small ui-muted">
          <DateTime at={at} />
        </span>
      )}
    </span>
  )
}
