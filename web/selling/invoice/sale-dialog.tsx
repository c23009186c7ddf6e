import { statusWords } from '#web/affiliation/words.ts'
import type { Sale } from '#web/data/sales.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { ButtonLink } from '#web/shell/links.tsx'
import { Badge, StatusBadge } from '#web/ui/badge.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { Facts, type Fact } from '#web/ui/facts.tsx'
import { formatCountry, formatDateTime, formatRate } from '#web/ui/format.ts'
import { affiliateName, invoiceWords } from './sale-columns.tsx'

const kinds = {
  FIRST: m.admin_kind_first,
  TRIAL: m.admin_kind_trial,
  RENEWAL: m.admin_kind_renewal,
  UPGRADE: m.admin_kind_upgrade,
}

function saleFacts(sale: Sale): Fact[] {
  const { tone, label } = invoiceWords[sale.status]
  return [
    { label: m.admin_status(), value: <Badge tone={tone}>{label()}</Badge> },
    { label: m.admin_buyer(), value: sale.buyerEmail },
    { label: m.admin_product(), value: sale.productName },
    ...(sale.planName ? [{ label: m.admin_plan(), value: sale.planName }] : []),
    ...(sale.kind ? [{ label: m.admin_kind(), value: kinds[sale.kind]() }] : []),
    ...(sale.paidAt ? [{ label: m.admin_paid_at(), value: formatDateTime(sale.paidAt) }] : []),
    ...(sale.country ? [{ label: m.admin_country(), value: formatCountry(sale.country) }] : []),
    { label: m.admin_excl(), cents: sale.amountExcludingTaxCents },
    { label: m.admin_tax({ rate: formatRate(sale.taxRateBps ?? 0) }), cents: sale.taxCents },
    { label: m.admin_amount(), cents: sale.amountCents, total: true },
  ]
}

function commissionFacts(sale: Sale): Fact[] {
  const { commissionCents, clawedBackCents, commissionStatus } = sale
  const words = commissionStatus && statusWords[commissionStatus]
  return [
    { label: m.admin_affiliate(), value: affiliateName(sale) },
    ...(words ? [{ label: m.admin_status(), value: <StatusBadge tone={words.tone} label={words.label()} /> }] : []),
    ...(commissionCents === null ? [] : [{ label: m.admin_commission(), cents: commissionCents, total: true }]),
    ...(clawedBackCents ? [{ label: m.admin_clawed(), cents: 0 - clawedBackCents }] : []),
  ]
}

/** One sale, whole: the invoice, then what it brought to whom. */
export function SaleDialog({ sale, onClose }: { sale: Sale | undefined; onClose: () => void }) {
  return (
    <Dialog open={sale !== undefined} onClose={onClose} title={m.admin_sale_title({ number: sale?.number ?? m.admin_sale_no_number() })}>
      {sale && (
        <div className="ui-stack">
          <Facts facts={saleFacts(sale)} />
          <h3>{m.admin_commission()}</h3>
          {sale.commissionId ? <Facts facts={commissionFacts(sale)} /> : <p className="ui-muted">{m.admin_no_affiliate()}</p>}
          {sale.affiliateId && (
            <div className="ui-row">
              <ButtonLink to="/admin/commissions" search={{ affiliate: sale.affiliateId }} icon="money">
                {m.admin_see_commissions()}
              </ButtonLink>
            </div>
          )}
        </div>
      )}
    </Dialog>
  )
}
