import type { ReactNode } from 'react'
import * as m from '#web/i18n/paraglide/messages.js'
import { Button, IconButton } from './button.tsx'
import { formatNumber } from './number-format.ts'
import { EmptyState } from './states.tsx'

type PagerProps = { page: number; pageSize: number; total: number; onPage: (page: number) => void }

const lastPage = ({ pageSize, total }: Pick<PagerProps, 'pageSize' | 'total'>) => Math.max(1, Math.ceil(total / pageSize))

/** « 21 à 40 sur 134 », and one page either way. */
export function Pager({ page, pageSize, total, onPage }: PagerProps) {
  const pages = lastPage({ pageSize, total })
  if (total === 0) return null
  const from = formatNumber((page - 1) * pageSize + 1)
  const to = formatNumber(Math.min(page * pageSize, total))
  return (
    <nav className="ui-pager" aria-label={m.base_pages()}>
      <span aria-live="polite">{m.base_range({ from, to, total: formatNumber(total) })}</span>
      <span className="ui-pager__buttons">
        <IconButton
          look="secondary"
          icon="arrowLeft"
          label={m.base_previous_page()}
          disabled={page <= 1}
          onClick={() => onPage(page - 1)}
        />
        <IconButton
          look="secondary"
          icon="arrowRight"
          label={m.base_next_page()}
          disabled={page >= pages}
          onClick={() => onPage(page + 1)}
        />
      </span>
    </nav>
  )
}

type PagedProps = Omit<PagerProps, 'total'> & {
  /** How many rows there are in all; undefined while it is not known. */
  total: number | undefined
  children: ReactNode
}

/** The rows of one page with the way to the others. An address past the end is told so: an empty list would say that there is nothing at all. */
export function Paged({ total, children, ...pager }: PagedProps) {
  const last = lastPage({ pageSize: pager.pageSize, total: total ?? 0 })
  if (total && pager.page > last) return <PastEnd page={pager.page} last={last} onPage={pager.onPage} />
  return (
    <>
      {children}
      {total !== undefined && <Pager {...pager} total={total} />}
    </>
  )
}

function PastEnd({ page, last, onPage }: { page: number; last: number; onPage: (page: number) => void }) {
  return (
    <EmptyState
      icon="search"
      title={m.base_past_end({ page: formatNumber(page) })}
      action={<Button onClick={() => onPage(last)}>{m.base_last_page()}</Button>}
    >
      {m.base_past_end_text({ pages: last })}
    </EmptyState>
  )
}
