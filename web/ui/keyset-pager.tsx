import * as m from '#web/i18n/paraglide/messages.js'
import { IconButton } from './button.tsx'
import { formatNumber } from './number-format.ts'

export type Place = { after?: string; before?: string }

type KeysetPagerProps = {
  /** Rows in front of the first one shown, and how many are shown. */
  position: number
  shown: number
  total: number
  next: string | null
  previous: string | null
  onPlace: (place: Place) => void
}

/** « 26 à 50 sur 134 », and one page either way from the rows that are shown: what comes or goes meanwhile moves none of them. */
export function KeysetPager({ position, shown, total, next, previous, onPlace }: KeysetPagerProps) {
  if (shown === 0) return null
  const range = { from: formatNumber(position + 1), to: formatNumber(position + shown), total: formatNumber(total) }
  return (
    <nav className="ui-pager" aria-label={m.base_pages()}>
      <span aria-live="polite">{m.base_range(range)}</span>
      <span className="ui-pager__buttons">
        <IconButton
          look="secondary"
          icon="arrowLeft"
          label={m.base_previous_page()}
          disabled={previous === null}
          onClick={() => onPlace({ before: previous ?? '' })}
        />
        <IconButton
          look="secondary"
          icon="arrowRight"
          label={m.base_next_page()}
          disabled={next === null}
          onClick={() => onPlace({ after: next ?? '' })}
        />
      </span>
    </nav>
  )
}
