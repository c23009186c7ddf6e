import { useNavigate, useSearch } from '@tanstack/react-router'
import * as m from '#web/i18n/paraglide/messages.js'
import { Button } from '#web/ui/button.tsx'
import { Card } from '#web/ui/card.tsx'
import { Paged } from '#web/ui/pager.tsx'
import { EmptyState } from '#web/ui/states.tsx'
import { useTableState } from '#web/ui/table-state.ts'
import { TableTools } from '#web/ui/table-tools.tsx'
import { Table } from '#web/ui/table.tsx'
import { allInvoiceColumns, saleStatuses, SALES_ORDER, salesOf } from './sample-sales.tsx'

const PAGE_SIZE = 5

/** Sort, filter, word and page all stand in the URL: reload it, send it, go back. */
export function TableSection() {
  const search: Record<string, unknown> = useSearch({ strict: false })
  const navigate = useNavigate()
  const control = useTableState(search, (next) => navigate({ to: '.', search: next, replace: true, resetScroll: false }), {
    filterKeys: ['status'],
    order: SALES_ORDER,
  })
  const { rows, total } = salesOf(control.state, PAGE_SIZE)
  const statuses = saleStatuses()
  const columns = allInvoiceColumns()
  return (
    <Card title={m.styleguide_table()} id="table">
      <TableTools
        control={control}
        searchLabel={m.styleguide_find()}
        filters={[
          {
            key: 'status',
            label: m.styleguide_status(),
            options: Object.entries(statuses).map(([value, { label }]) => ({ value, label })),
          },
        ]}
      />
      <Paged page={control.state.page} pageSize={PAGE_SIZE} total={total} onPage={control.setPage}>
        <Table
          caption={m.styleguide_sales()}
          columns={columns}
          rows={rows}
          rowKey={(row) => row.id}
          control={control}
          empty={
            <EmptyState
              icon="search"
              title={m.styleguide_none_title()}
              action={<Button onClick={() => navigate({ to: '.', search: {} })}>{m.styleguide_none_action()}</Button>}
            >
              {m.styleguide_none()}
            </EmptyState>
          }
        />
      </Paged>
    </Card>
  )
}
