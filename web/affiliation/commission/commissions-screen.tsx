import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { AFFILIATE_COMMISSION_STATUSES } from '#domain/affiliation/enums.ts'
import { OWN_COMMISSIONS_ORDER } from '#domain/affiliation/lists.ts'
import { commissionsQuery, type CommissionList } from '#web/data/commissions.ts'
import { marketplaceQuery } from '#web/data/products.ts'
import { ButtonLink } from '#web/shell/links.tsx'
import { ListPage, Nothing, SKELETON_ROWS } from '#web/shell/list-page.tsx'
import { useList } from '#web/shell/use-list.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Card } from '#web/ui/card.tsx'
import { formatMoney } from '#web/ui/format.ts'
import { Table } from '#web/ui/table.tsx'
import { statusWords, waitingWords } from '#web/affiliation/words.ts'
import { COMMISSIONS_FILTERS, commissionsAsked } from './commissions-asked.ts'
import { commissionColumns } from './commission-columns.tsx'

/** Everything earned, with the filter, the order and the place in the address. */
export function CommissionsScreen() {
  const { control, asked } = useList(OWN_COMMISSIONS_ORDER, COMMISSIONS_FILTERS)
  const filter = commissionsAsked(control.state.filters)
  const kind = filter.waits && waitingWords[filter.waits]()
  const { products } = useSuspenseQuery(marketplaceQuery).data
  const answer = useQuery(commissionsQuery({ ...asked, ...filter }))
  const { data } = answer
  const share = (
    <ButtonLink to="/links" look="primary" icon="link">
      {m.affiliation_next_share()}
    </ButtonLink>
  )
  return (
    <ListPage
      title={m.affiliation_commissions()}
      lead={m.affiliation_own_com_lead()}
      control={control}
      filters={[
        {
          key: 'status',
          label: m.base_status(),
          options: AFFILIATE_COMMISSION_STATUSES.map((value) => ({ value, label: statusWords[value].label() })),
        },
        { key: 'product', label: m.catalogue_product(), options: products.map(({ id, name }) => ({ value: id, label: name })) },
      ]}
      chips={kind ? [{ key: 'waits', label: kind }] : []}
      answer={answer}
      sums={data && sumsOf(data, kind)}
    >
      <Card flush>
        <Table
          caption={m.affiliation_own_com_caption()}
          columns={commissionColumns(filter.waits)}
          rows={data?.rows ?? []}
          rowKey={(row) => row.id}
          control={control}
          loadingRows={data ? 0 : SKELETON_ROWS}
          empty={
            <Nothing
              control={control}
              path="/commissions"
              icon="money"
              title={m.affiliation_commissions_none()}
              text={m.affiliation_own_com_none_text()}
              action={share}
            />
          }
        />
      </Card>
    </ListPage>
  )
}

/** What all that is shown comes to, and what of it waits as was asked. */
function sumsOf({ total, sums }: CommissionList, kind: string | undefined): string {
  const earned = m.affiliation_com_sums({ count: total, amount: formatMoney(sums.totalCents) })
  if (!kind || sums.waitingCents === undefined) return earned
  return m.affiliation_waits_sum({ sums: earned, kind, amount: formatMoney(sums.waitingCents) })
}
