import './pages.css'
import type { ReactNode } from 'react'
import { ApiError, messageOf } from '#web/data/api-error.ts'
import type { ListAnswer } from '#web/data/list.ts'
import { ButtonLink } from '#web/shell/links.tsx'
import * as m from '#web/i18n/paraglide/messages.js'
import { Button } from '#web/ui/button.tsx'
import type { Chip } from '#web/ui/chips.tsx'
import { KeysetPager } from '#web/ui/keyset-pager.tsx'
import type { IconName } from '#web/ui/icon.tsx'
import { PageHeader } from '#web/ui/page-header.tsx'
import { EmptyState, ErrorState } from '#web/ui/states.tsx'
import type { TableControl } from '#web/ui/table-state.ts'
import { TableTools, type Filter } from '#web/ui/table-tools.tsx'

export const SKELETON_ROWS = 8

type Answer = {
  data: ListAnswer | undefined
  error: Error | null
  isFetching: boolean
  refetch: () => Promise<unknown>
}

export type ListPageProps = {
  title: string
  lead: string
  /** What the word is looked for in; a list without it has none. */
  searchLabel?: string
  control: TableControl
  filters: readonly Filter[]
  chips?: readonly Chip[]
  answer: Answer
  /** What the whole list sums to, under its tools. */
  sums?: ReactNode
  children: ReactNode
}

/** A list: tools above, rows in the middle, pages below, and the way on when it cannot be loaded. */
export function ListPage({ title, lead, searchLabel, control, filters, chips, answer, sums, children }: ListPageProps) {
  return (
    <>
      <PageHeader title={title} lead={lead} />
      <TableTools control={control} filters={filters} {...(chips && { chips })} {...(searchLabel && { searchLabel })} />
      {sums && (
        <p className="wk-sums" aria-live="polite">
          {sums}
        </p>
      )}
      <Rows control={control} answer={answer}>
        {children}
      </Rows>
    </>
  )
}

/** The rows with the way to the others. Where an address leads nowhere that is said, with the way back to the first. */
function Rows({ control, answer, children }: Pick<ListPageProps, 'control' | 'answer' | 'children'>) {
  const { data, error, isFetching, refetch } = answer
  const isNowhere = error instanceof ApiError && error.code === 'no_such_place'
  if (isNowhere || (data && data.total > 0 && data.rows.length === 0)) {
    return (
      <EmptyState
        icon="search"
        title={m.base_no_such_place()}
        action={<Button onClick={() => control.setPlace({})}>{m.base_from_the_start()}</Button>}
      >
        {m.base_no_such_place_text()}
      </EmptyState>
    )
  }
  if (error && !data) {
    return (
      <ErrorState onRetry={async () => void (await refetch())} busy={isFetching}>
        {messageOf(error)}
      </ErrorState>
    )
  }
  return (
    <>
      {children}
      {data && <KeysetPager {...data} shown={data.rows.length} onPlace={control.setPlace} />}
    </>
  )
}

type NothingProps = { control: TableControl; path: string; title: string; text: string; icon?: IconName; action?: ReactNode }

/** Nothing at all is another thing than nothing that matches. */
export function Nothing({ control, path, title, text, ...empty }: NothingProps) {
  const { filters, query } = control.state
  if (Object.keys(filters).length === 0 && query === '') {
    return (
      <EmptyState title={title} {...empty}>
        {text}
      </EmptyState>
    )
  }
  return (
    <EmptyState icon="filter" title={m.base_none_here()} action={<ButtonLink to={path}>{m.base_show_all()}</ButtonLink>}>
      {m.base_none_here_text()}
    </EmptyState>
  )
}
