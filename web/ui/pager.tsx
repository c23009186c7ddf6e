import { IconButton } from './button.tsx'
import { formatNumber } from './format.ts'
import * as m from '#web/i18n/paraglide/messages.js'

type PagerProps = { page: number; pageSize: number; total: number; onPage: (page: number) => void }

/** « 21 à 40 sur 134 », and one page either way. */
export function Pager({ page, pageSize, total, onPage }: PagerProps) {
  const pages = Math.max(1, Math.ceil(total / pageSize))
  if (total === 0) return null
  const from = formatNumber((page - 1) * pageSize + 1)
  const to = formatNumber(Math.min(page * pageSize, total))
  return (
    <nav className="ui-pager" aria-label={m.ui_pages()}>
      <span aria-live="polite">{m.ui_range({ from, to, total: formatNumber(total) })}</span>
      <span className="ui-pager__buttons">
        <IconButton look="secondary" icon="arrowLeft" label={m.ui_previous_page()} disabled={page <= 1} onClick={() => onPage(page - 1)} />
        <IconButton look="secondary" icon="arrowRight" label={m.ui_next_page()} disabled={page >= pages} onClick={() => onPage(page + 1)} />
      </span>
    </nav>
  )
}
