import { useQuery } from '@tanstack/react-query'
import { INVOICE_STATUSES } from '#domain/selling/enums.ts'
import { ALL_INVOICES_ORDER } from '#domain/selling/lists.ts'
import { allInvoicesQuery } from '#web/data/invoices.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { OfficeList } from '#web/shell/back-office/office-list.tsx'
import { Nothing, SKELETON_ROWS } from '#web/shell/list-page.tsx'
import { useList } from '#web/shell/use-list.ts'
import { Card } from '#web/ui/card.tsx'
import { formatMoney } from '#web/ui/format.ts'
import { Table } from '#web/ui/table.tsx'
import { invoiceWords, allInvoiceColumns } from './all-invoice-columns.tsx'
import { InvoiceDialog } from './invoice-dialog.tsx'

/** Every invoice; one opens beside the list, and the address says which. */
export function AllInvoicesScreen() {
  const { control, asked, row, closeRow } = useList(ALL_INVOICES_ORDER, ['status'])
  const status = INVOICE_STATUSES.find((known) => known === control.state.filters['status'])
  const answer = useQuery(allInvoicesQuery({ ...asked, ...(status && { status }) }))
  const { data } = answer
  const sums = data && {
    count: data.total,
    amount: formatMoney(data.sums.amountCents),
    tax: formatMoney(data.sums.taxCents),
    commission: formatMoney(data.sums.commissionCents),
  }
  return (
    <OfficeList
      title={m.selling_sales_title()}
      lead={m.selling_sales_lead()}
      searchLabel={m.selling_sales_find()}
      control={control}
      filters={[
        {
          key: 'status',
          label: m.affiliation_status(),
          none: m.selling_status_default(),
          options: INVOICE_STATUSES.map((value) => ({ value, label: invoiceWords[value].label() })),
        },
      ]}
      answer={answer}
      sums={sums && m.selling_sales_sums(sums)}
    >
      <Card flush>
        <Table
          caption={m.selling_sales_caption()}
          columns={allInvoiceColumns()}
          rows={data?.rows ?? []}
          rowKey={(sale) => sale.id}
          control={control}
          selectedKey={row}
          loadingRows={data ? 0 : SKELETON_ROWS}
          empty={<Nothing control={control} path="/admin/sales" title={m.selling_sales_none()} text={m.selling_sales_none_text()} />}
        />
      </Card>
      <InvoiceDialog sale={data?.rows.find((sale) => sale.id === row)} onClose={closeRow} />
    </OfficeList>
  )
}
