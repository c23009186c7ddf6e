import { Link } from '@tanstack/react-router'
import type { InvoiceStatus } from '#domain/selling/enums.ts'
import type { Sale } from '#web/data/sales.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Badge, type Tone } from '#web/ui/badge.tsx'
import { DateTime } from '#web/ui/date-time.tsx'
import { formatMoney } from '#web/ui/format.ts'
import { Money } from '#web/ui/money.tsx'
import type { Column } from '#web/ui/table.tsx'

export const invoiceWords: Record<InvoiceStatus, { tone: Tone; label: () => string }> = {
  DRAFT: { tone: 'neutral', label: m.admin_invoice_draft },
  PENDING: { tone: 'warning', label: m.admin_invoice_pending },
  PAID: { tone: 'success', label: m.admin_invoice_paid },
  VOID: { tone: 'neutral', label: m.admin_invoice_void },
  REFUNDED: { tone: 'danger', label: m.admin_invoice_refunded },
}

/** A sale opens beside the list; the address names it, so that it can be sent. */
function buyer(sale: Sale) {
  return (
    <span className="wk-part">
      <Link to="/admin/sales" search={(before: Record<string, unknown>) => ({ ...before, row: sale.id })} resetScroll={false}>
        {sale.buyerEmail}
      </Link>
      <span className="ui-small ui-muted">{sale.number ?? m.admin_sale_no_number()}</span>
    </span>
  )
}

function product(sale: Sale) {
  return (
    <span className="wk-part">
      {sale.productName}
      {sale.planName && <span className="ui-small ui-muted">{sale.planName}</span>}
    </span>
  )
}

export function affiliateName({ affiliateName: name, affiliateEmail }: Pick<Sale, 'affiliateName' | 'affiliateEmail'>): string {
  return name ?? affiliateEmail ?? m.admin_no_affiliate()
}

function commission({ commissionCents, clawedBackCents }: Sale) {
  if (commissionCents === null) return <span className="ui-muted">{m.admin_no_commission()}</span>
  return (
    <span className="wk-part wk-part--end">
      <Money cents={commissionCents} />
      {clawedBackCents ? (
        <span className="ui-small ui-muted">{m.admin_com_kept({ cents: formatMoney(commissionCents - clawedBackCents) })}</span>
      ) : null}
    </span>
  )
}

export function saleColumns(): Array<Column<Sale>> {
  return [
    { key: 'buyer', header: m.admin_buyer(), cell: buyer },
    { key: 'product', header: m.admin_product(), cell: product },
    { key: 'paidAt', header: m.admin_paid_at(), cell: (sale) => <DateTime at={sale.paidAt ?? sale.createdAt} />, sortable: true },
    {
      key: 'status',
      header: m.admin_status(),
      cell: (sale) => <Badge tone={invoiceWords[sale.status].tone}>{invoiceWords[sale.status].label()}</Badge>,
    },
    { key: 'affiliate', header: m.admin_affiliate(), cell: affiliateName },
    { key: 'commissionCents', header: m.admin_commission(), cell: commission, sortable: true, end: true },
    { key: 'amountCents', header: m.admin_amount(), cell: (sale) => <Money cents={sale.amountCents} />, sortable: true, end: true },
  ]
}
