import type { Account } from '#web/data/purchases.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { DateTime } from '#web/ui/date-time.tsx'
import { Money } from '#web/ui/money.tsx'
import { Table, type Column } from '#web/ui/table.tsx'

type Charge = Account['comingCharges'][number]

function columns(): Column<Charge>[] {
  return [
    { key: 'at', header: m.base_date(), cell: (charge) => <DateTime at={charge.at} /> },
    { key: 'product', header: m.catalogue_product(), cell: (charge) => charge.productName },
    { key: 'amount', header: m.selling_mine_amount(), end: true, cell: (charge) => <Money cents={charge.amountCents} /> },
  ]
}

/** Every charge to come, the next one first. */
export function ComingCharges({ charges }: { charges: readonly Charge[] }) {
  return <Table caption={m.selling_coming()} rows={charges} rowKey={(charge) => charge.purchaseId} columns={columns()} />
}
