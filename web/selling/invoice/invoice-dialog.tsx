import { statusWords, affiliateName } from '#web/affiliation/words.ts'
import type { Sale } from '#web/data/invoices.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { ButtonLink } from '#web/shell/links.tsx'
import { Badge, StatusBadge } from '#web/ui/badge.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { Facts, type Fact } from '#web/ui/facts.tsx'
import { formatCountry, formatDateTime, formatRate } from '#web/ui/format.ts'
import { invoiceWords } from './all-invoice-columns.tsx'

const kinds = {
  FIRST: m.invoice_kind_first,
  TRIAL: m.invoice_kind_trial,
  RENEWAL: m.invoice_kind_renewal,
  UPGRADE: m.invoice_kind_upgrade,
}

function saleFacts(sale: Sale): Fact[] {
  const { tone, label } = invoiceWords[sale.status]
  return [
    { label: m.base_status(), value: <Badge tone={tone}>{label()}</Badge> },
    { label: m.selling_buyer(), value: sale.buyerEmail },
    { label: m.catalogue_product(), value: sale.productName },
    ...(sale.planName ? [{ label: m.catalogue_plan(), value: sale.planName }] : []),
    ...(sale.kind ? [{ label: m.selling_kind(), value: kinds[sale.kind]() }] : []),
    ...(sale.paidAt ? [{ label: m.selling_paid_at(), value: formatDateTime(sale.paidAt) }] : []),
    ...(sale.country ? [{ label: m.selling_country(), value: formatCountry(sale.country) }] : []),
    { label: m.selling_excl(), cents: sale.amountExcludingTaxCents },
    { label: m.selling_all_tax({ rate: formatRate(sale.taxRateBps ?? 0) }), cents: sale.taxCents },
    { label: m.selling_all_amount(), cents: sale.amountCents, total: true },
  ]
}

function commissionFacts(sale: Sale): Fact[] {
  const { commissionCents, clawedBackCents, commissionStatus } = sale
  const words = commissionStatus && statusWords[commissionStatus]
  return [
    { label: m.role_affiliate(), value: affiliateName(sale) },
    ...(words ? [{ label: m.base_status(), value: <StatusBadge tone={words.tone} label={words.label()} /> }] : []),
    ...(commissionCents === null ? [] : [{ label: m.affiliation_commission(), cents: commissionCents, total: true }]),
    ...(clawedBackCents ? [{ label: m.selling_clawed(), cents: 0 - clawedBackCents }] : []),
  ]
}

/** One sale, whole: the invoice, then what it brought to whom. */
export function InvoiceDialog({ sale, onClose }: { sale: Sale | undefined; onClose: () => void }) {
  return (
    <Dialog
      open={sale !== undefined}
      onClose={onClose}
      title={m.selling_sale_title({ number: sale?.number ?? m.selling_sale_no_number() })}
    >
      {sale && (
        <div className="ui-stack">
          <Facts facts={saleFacts(sale)} />
          <h3>{m.affiliation_commission()}</h3>
          {sale.commissionId ? <Facts facts={commissionFacts(sale)} /> : <p className="ui-muted">{m.affiliation_no_affiliate()}</p>}
          {sale.affiliateId && (
            <div className="ui-row">
              <ButtonLink to="/admin/commissions" search={{ affiliate: sale.affiliateId }} icon="money">
                {m.affiliation_their_commissions()}
              </ButtonLink>
            </div>
          )}
        </div>
      )}
    </Dialog>
  )
}
