import { useQuery } from '@tanstack/react-query'
import { readDays } from '#domain/base/paris.ts'
import { INVOICE_STATUSES } from '#domain/selling/enums.ts'
import { ALL_INVOICES_ORDER } from '#domain/selling/lists.ts'
import { allInvoicesQuery } from '#web/data/invoices.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { OfficeList } from '#web/shell/back-office/office-list.tsx'
import { Nothing, SKELETON_ROWS } from '#web/shell/list-page.tsx'
import { useList } from '#web/shell/use-list.ts'
import { Card } from '#web/ui/card.tsx'
import { formatDays, formatMoney } from '#web/ui/format.ts'
import type { Chip } from '#web/ui/chips.tsx'
import { Table } from '#web/ui/table.tsx'
import { invoiceWords, allInvoiceColumns } from './all-invoice-columns.tsx'
import { InvoiceDialog } from './invoice-dialog.tsx'
import { SALES_FILTERS, salesAsked } from './sales-asked.ts'

/** Every invoice; one opens beside the list, and the address says which. */
export function AllInvoicesScreen() {
  const { control, asked, row, closeRow } = useList(ALL_INVOICES_ORDER, SALES_FILTERS)
  const filter = salesAsked(control.state.filters)
  const answer = useQuery(allInvoicesQuery({ ...asked, ...filter }))
  const { data } = answer
  const sums = data && {
    count: data.total,
    amount: formatMoney(data.sums.amountCents),
    tax: formatMoney(data.sums.taxCents),
    commission: formatMoney(data.sums.commissionCents),
  }
  const refunded = data?.sums.refundedCents !== undefined && m.selling_sales_refunded({ amount: formatMoney(data.sums.refundedCents) })
  return (
    <OfficeList
      title={m.affiliation_sales()}
      lead={m.selling_sales_lead()}
      searchLabel={m.selling_sales_find()}
      control={control}
      filters={[
        {
          key: 'status',
          label: m.base_status(),
          none: m.selling_status_default(),
          options: INVOICE_STATUSES.map((value) => ({ value, label: invoiceWords[value].label() })),
        },
      ]}
      chips={chipsOf(filter)}
      answer={answer}
      sums={sums && [m.selling_sales_sums(sums), refunded].filter(Boolean).join(' · ')}
    >
      <Card flush>
        <Table
          caption={m.selling_invoices()}
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

/** The days that a figure of the overview brought into the address. */
function chipsOf({ period, refunds }: ReturnType<typeof salesAsked>): Chip[] {
  const chip = (key: string, text: string | undefined, words: (days: { days: string }) => string): Chip[] => {
    const days = readDays(text)
    return days === null ? [] : [{ key, label: words({ days: formatDays(days) }) }]
  }
  return [...chip('period', period, m.selling_sales_paid_on), ...chip('refunds', refunds, m.selling_sales_refunded_on)]
}
