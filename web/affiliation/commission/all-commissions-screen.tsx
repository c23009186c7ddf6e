import { useQuery } from '@tanstack/react-query'
import { AFFILIATE_COMMISSION_STATUSES } from '#domain/affiliation/enums.ts'
import { isId } from '#domain/base/id.ts'
import { statusWords, affiliateName } from '#web/affiliation/words.ts'
import { allCommissionsQuery } from '#web/data/commissions.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { ListPage, Nothing, SKELETON_ROWS } from '#web/shell/back-office/list-page.tsx'
import { orderOf, useList } from '#web/shell/back-office/use-list.ts'
import { Card } from '#web/ui/card.tsx'
import { formatMoney } from '#web/ui/format.ts'
import type { Filter } from '#web/ui/table-tools.tsx'
import { Table } from '#web/ui/table.tsx'
import { allCommissionColumns } from './all-commission-columns.tsx'

/** Every affiliate's commissions; those under review say why to the owner. */
export function AllCommissionsScreen() {
  const { control, word } = useList({ filterKeys: ['status', 'affiliate'], defaultSort: '-earnedAt' })
  const { page, sort, filters } = control.state
  const status = AFFILIATE_COMMISSION_STATUSES.find((known) => known === filters['status'])
  const affiliateId = isId(filters['affiliate']) ? filters['affiliate'] : undefined
  const order = orderOf(sort, ['earnedAt', 'totalCents', 'lockedUntil', 'decideBy'])
  const asked = { page, ...order, ...(status && { status }), ...(affiliateId && { affiliateId }), ...(word && { q: word }) }
  const answer = useQuery(allCommissionsQuery(asked))
  const { data } = answer
  const tools: Filter[] = [
    {
      key: 'status',
      label: m.affiliation_status(),
      options: AFFILIATE_COMMISSION_STATUSES.map((value) => ({ value, label: statusWords[value].label() })),
    },
  ]
  // One comes here from a sale with an affiliate in the address: shown as a filter, so that it can be taken off.
  const one = data?.commissions[0]
  if (affiliateId) {
    tools.push({
      key: 'affiliate',
      label: m.affiliation_affiliate(),
      options: [{ value: affiliateId, label: one ? affiliateName(one) : m.affiliation_com_of() }],
    })
  }
  return (
    <ListPage
      title={m.affiliation_all_com_title()}
      lead={m.affiliation_all_com_lead()}
      searchLabel={m.affiliation_com_find()}
      control={control}
      filters={tools}
      answer={answer}
      sums={data && m.affiliation_com_sums({ count: data.total, amount: formatMoney(data.sumCents) })}
    >
      <Card flush>
        <Table
          caption={m.affiliation_all_com_caption()}
          columns={allCommissionColumns()}
          rows={data?.commissions ?? []}
          rowKey={(row) => row.id}
          control={control}
          loadingRows={data ? 0 : SKELETON_ROWS}
          empty={
            <Nothing
              control={control}
              path="/admin/commissions"
              title={m.affiliation_all_com_none()}
              text={m.affiliation_all_com_none_text()}
            />
          }
        />
      </Card>
    </ListPage>
  )
}
