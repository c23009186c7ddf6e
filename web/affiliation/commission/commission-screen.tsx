import '#web/shell/pages.css'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { commissionQuery, type Commission } from '#web/data/commissions.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Breadcrumb } from '#web/ui/breadcrumb.tsx'
import { Card } from '#web/ui/card.tsx'
import { Facts, type Fact } from '#web/ui/facts.tsx'
import { formatCountry } from '#web/ui/format.ts'
import { Money } from '#web/ui/money.tsx'
import { PageHeader } from '#web/ui/page-header.tsx'
import { Notice } from '#web/ui/states.tsx'
import { StatusBadge } from '#web/ui/badge.tsx'
import { Timeline } from '#web/ui/timeline.tsx'
import { statusWords } from '#web/affiliation/words.ts'
import { CalculationCard, SplitCard } from './calculation-card.tsx'
import { fullWaitText, whyOf } from './commission-why.ts'
import { LinesCard } from './lines-card.tsx'
import { stepsOf } from './commission-steps.ts'

/** One commission from the invoice to the ledger: every figure, every date and the reason for each. */
export function CommissionScreen() {
  const { id = '' }: { id?: string } = useParams({ strict: false })
  const { data } = useSuspenseQuery(commissionQuery(id))
  return (
    <>
      <PageHeader
        title={data.productName}
        above={
          <Breadcrumb
            items={[
              { key: 'list', link: <Link to="/commissions">{m.affiliation_commissions()}</Link> },
              { key: 'here', link: data.productName },
            ]}
          />
        }
        action={
          <p className="wk-amount">
            <Money cents={data.keptCents} signed />
          </p>
        }
      />
      <div className="ui-stack wk-page">
        <Standing commission={data} />
        <div className="wk-halves">
          <CalculationCard commission={data} />
          <SplitCard commission={data} />
          <Card title={m.affiliation_com_history()}>
            <Timeline steps={stepsOf(data)} />
          </Card>
          <SaleCard commission={data} />
        </div>
        <LinesCard lines={data.ledger} />
      </div>
    </>
  )
}

function Standing({ commission }: { commission: Commission }) {
  const { tone, label } = statusWords[commission.status]
  const reasons = commission.waits.map((wait) => fullWaitText(wait, commission))
  return (
    <>
      <StatusBadge
        tone={tone}
        label={label()}
        why={<span className="wk-reasons">{(reasons.length > 0 ? reasons : [whyOf(commission)]).join('\n')}</span>}
      />
      {commission.heldBecause.length > 0 && (
        <Notice tone="warning" title={m.affiliation_com_held_title()}>
          {commission.heldBecause.map((reason) => (
            <p key={reason}>{reason}</p>
          ))}
        </Notice>
      )}
    </>
  )
}

function SaleCard({ commission }: { commission: Commission }) {
  const kinds = {
    FIRST: m.invoice_kind_first,
    TRIAL: m.invoice_kind_trial,
    RENEWAL: m.invoice_kind_renewal,
    UPGRADE: m.invoice_kind_upgrade,
  }
  const { planName, invoiceKind, country } = commission
  const facts: Fact[] = [
    ...(planName ? [{ label: m.catalogue_plan(), value: planName }] : []),
    ...(invoiceKind ? [{ label: m.affiliation_com_kind(), value: kinds[invoiceKind]() }] : []),
    ...(country ? [{ label: m.affiliation_com_country(), value: formatCountry(country) }] : []),
  ]
  if (facts.length === 0) return null
  return (
    <Card title={m.affiliation_com_sale()}>
      <Facts facts={facts} />
    </Card>
  )
}
