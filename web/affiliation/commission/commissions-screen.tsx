import '#web/shell/pages.css'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { AFFILIATE_COMMISSION_STATUSES } from '#domain/affiliation/enums.ts'
import { messageOf } from '#web/data/api-error.ts'
import { commissionsQuery, COMMISSIONS_PER_PAGE } from '#web/data/commissions.ts'
import { marketplaceQuery } from '#web/data/products.ts'
import { ButtonLink } from '#web/shell/links.tsx'
import * as m from '#web/i18n/paraglide/messages.js'
import { Card } from '#web/ui/card.tsx'
import { PageHeader } from '#web/ui/page-header.tsx'
import { Paged } from '#web/ui/pager.tsx'
import { EmptyState, ErrorState } from '#web/ui/states.tsx'
import { Table } from '#web/ui/table.tsx'
import { useTableState } from '#web/ui/table-state.ts'
import { TableTools } from '#web/ui/table-tools.tsx'
import { statusWords } from '#web/affiliation/words.ts'
import { commissionColumns } from './commission-columns.tsx'
import { commissionsAsked } from './commissions-asked.ts'

const SKELETON_ROWS = 6

/** Everything earned, with the filter, the order and the page in the address. */
export function CommissionsScreen() {
  const search: Record<string, unknown> = useSearch({ strict: false })
  const navigate = useNavigate()
  const control = useTableState(search, (next) => navigate({ to: '.', search: next, replace: true, resetScroll: false }), {
    filterKeys: ['status', 'product'],
    defaultSort: '-earnedAt',
  })
  const { products } = useSuspenseQuery(marketplaceQuery).data
  const { data, error, refetch, isFetching } = useQuery(commissionsQuery(commissionsAsked(control.state)))
  const filtered = Object.keys(control.state.filters).length > 0
  return (
    <>
      <PageHeader title={m.affiliation_own_com_title()} lead={m.affiliation_own_com_lead()} />
      <TableTools
        control={control}
        filters={[
          {
            key: 'status',
            label: m.affiliation_com_status(),
            options: AFFILIATE_COMMISSION_STATUSES.map((value) => ({ value, label: statusWords[value].label() })),
          },
          { key: 'product', label: m.affiliation_com_product(), options: products.map(({ id, name }) => ({ value: id, label: name })) },
        ]}
      />
      {error && !data ? (
        <ErrorState onRetry={async () => void (await refetch())} busy={isFetching}>
          {messageOf(error)}
        </ErrorState>
      ) : (
        <Card flush>
          <Paged page={control.state.page} pageSize={COMMISSIONS_PER_PAGE} total={data?.total} onPage={control.setPage}>
            <Table
              caption={m.affiliation_own_com_caption()}
              columns={commissionColumns()}
              rows={data?.commissions ?? []}
              rowKey={(row) => row.id}
              control={control}
              loadingRows={data ? 0 : SKELETON_ROWS}
              empty={<NoCommission filtered={filtered} />}
            />
          </Paged>
        </Card>
      )}
    </>
  )
}

function NoCommission({ filtered }: { filtered: boolean }) {
  if (filtered) {
    return (
      <EmptyState
        icon="filter"
        title={m.affiliation_com_none_here()}
        action={<ButtonLink to="/commissions">{m.affiliation_com_all()}</ButtonLink>}
      >
        {m.affiliation_com_none_here_text()}
      </EmptyState>
    )
  }
  const share = (
    <ButtonLink to="/links" look="primary" icon="link">
      {m.affiliation_next_share()}
    </ButtonLink>
  )
  return (
    <EmptyState icon="money" title={m.affiliation_own_com_none()} action={share}>
      {m.affiliation_own_com_none_text()}
    </EmptyState>
  )
}
