import type { ListOrder } from '#domain/base/list.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { StatusBadge, type Tone } from '#web/ui/badge.tsx'
import { DateTime } from '#web/ui/date-time.tsx'
import { formatRate } from '#web/ui/format.ts'
import { Money } from '#web/ui/money.tsx'
import type { TableState } from '#web/ui/table-state.ts'
import type { Column } from '#web/ui/table.tsx'

export const SALES_ORDER = { name: 'sample', keys: ['at', 'product', 'cents'], usual: '-at' } as const satisfies ListOrder

const DAY = 86_400_000
const FIRST = Date.UTC(2026, 10, 22, 9)
const products = ['Cercle Lumière · mensuel', 'Atelier Levain · annuel', 'Studio Podcast · à vie']
const keys = ['locked', 'partly', 'matured', 'held', 'clawed'] as const

type StatusKey = (typeof keys)[number]
type Sale = { id: string; product: string; at: number; cents: number; rate: number; status: StatusKey }

const sales: readonly Sale[] = Array.from({ length: 23 }, (_, index) => ({
  id: `sale-${index}`,
  product: products[index % products.length] ?? '',
  at: FIRST - index * 1.7 * DAY,
  cents: 979 + ((index * 733) % 9_000),
  rate: 2_000 + (index % 4) * 500,
  status: keys[index % keys.length] ?? 'locked',
}))

export function saleStatuses(): Record<StatusKey, { tone: Tone; label: string; why: string }> {
  return {
    locked: { tone: 'info', label: m.styleguide_locked_status(), why: m.styleguide_locked_why() },
    partly: { tone: 'accent', label: m.styleguide_partly(), why: m.styleguide_partly_why() },
    matured: { tone: 'success', label: m.styleguide_matured(), why: m.styleguide_matured_why() },
    held: { tone: 'warning', label: m.styleguide_held(), why: m.styleguide_held_why() },
    clawed: { tone: 'danger', label: m.styleguide_clawed(), why: m.styleguide_clawed_why() },
  }
}

export function allInvoiceColumns(): Array<Column<Sale>> {
  const statuses = saleStatuses()
  return [
    { key: 'product', header: m.styleguide_product(), cell: (row) => row.product },
    { key: 'at', header: m.styleguide_date(), cell: (row) => <DateTime at={row.at} /> },
    { key: 'status', header: m.styleguide_status(), cell: (row) => <StatusBadge {...statuses[row.status]} /> },
    { key: 'rate', header: m.styleguide_rate(), cell: (row) => formatRate(row.rate), end: true },
    { key: 'cents', header: m.styleguide_amount(), cell: (row) => <Money cents={row.cents} />, end: true },
  ]
}

function compare(a: Sale, b: Sale, key: string): number {
  if (key === 'product') return a.product.localeCompare(b.product)
  return key === 'cents' ? a.cents - b.cents : a.at - b.at
}

/** What an API would answer for this state. */
export function salesOf({ sort, page, query, filters }: TableState, size: number) {
  const word = query.toLocaleLowerCase()
  const found = sales.filter(
    (sale) => (!filters['status'] || sale.status === filters['status']) && sale.product.toLocaleLowerCase().includes(word),
  )
  const direction = sort?.descending ? -1 : 1
  const sorted = found.toSorted((a, b) => compare(a, b, sort?.key ?? 'at') * direction)
  return { rows: sorted.slice((page - 1) * size, page * size), total: found.length }
}
