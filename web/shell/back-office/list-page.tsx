import '../pages.css'
import type { ReactNode } from 'react'
import { messageOf } from '#web/data/api-error.ts'
import { ROWS_PER_PAGE } from '#web/data/paged.ts'
import { ButtonLink } from '#web/shell/links.tsx'
import * as m from '#web/i18n/paraglide/messages.js'
import { PageHeader } from '#web/ui/page-header.tsx'
import { Paged } from '#web/ui/pager.tsx'
import { EmptyState, ErrorState } from '#web/ui/states.tsx'
import type { TableControl } from '#web/ui/table-state.ts'
import { TableTools, type Filter } from '#web/ui/table-tools.tsx'
import { AdminNav } from './nav.tsx'

export const SKELETON_ROWS = 8

type Answer = {
  data: { total: number } | undefined
  error: Error | null
  isFetching: boolean
  refetch: () => Promise<unknown>
}

type ListPageProps = {
  title: string
  lead: string
  searchLabel: string
  control: TableControl
  filters: readonly Filter[]
  answer: Answer
  /** What the whole list sums to, under its tools. */
  sums?: ReactNode
  children: ReactNode
}

/** A list of the back office: tools above, rows in the middle, pages below, and the way on when it cannot be loaded. */
export function ListPage({ title, lead, searchLabel, control, filters, answer, sums, children }: ListPageProps) {
  const { data, error, isFetching, refetch } = answer
  return (
    <>
      <AdminNav />
      <PageHeader title={title} lead={lead} />
      <TableTools control={control} searchLabel={searchLabel} filters={filters} />
      {sums && (
        <p className="wk-sums" aria-live="polite">
          {sums}
        </p>
      )}
      {error && !data ? (
        <ErrorState onRetry={async () => void (await refetch())} busy={isFetching}>
          {messageOf(error)}
        </ErrorState>
      ) : (
        <Paged page={control.state.page} pageSize={ROWS_PER_PAGE} total={data?.total} onPage={control.setPage}>
          {children}
        </Paged>
      )}
    </>
  )
}

type NothingProps = { control: TableControl; path: string; title: string; text: string }

/** Nothing at all is another thing than nothing that matches. */
export function Nothing({ control, path, title, text }: NothingProps) {
  const { filters, query } = control.state
  if (Object.keys(filters).length === 0 && query === '') return <EmptyState title={title}>{text}</EmptyState>
  return (
    <EmptyState icon="filter" title={m.base_none_here()} action={<ButtonLink to={path}>{m.base_show_all()}</ButtonLink>}>
      {m.base_none_here_text()}
    </EmptyState>
  )
}
