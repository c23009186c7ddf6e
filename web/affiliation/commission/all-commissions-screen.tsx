import { useQuery } from '@tanstack/react-query'
import { AFFILIATE_COMMISSION_STATUSES } from '#domain/affiliation/enums.ts'
import { ALL_COMMISSIONS_ORDER } from '#domain/affiliation/lists.ts'
import { isId } from '#domain/base/id.ts'
import { statusWords, affiliateName } from '#web/affiliation/words.ts'
import { allCommissionsQuery } from '#web/data/commissions.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { OfficeList } from '#web/shell/back-office/office-list.tsx'
import { Nothing, SKELETON_ROWS } from '#web/shell/list-page.tsx'
import { useList } from '#web/shell/use-list.ts'
import { Card } from '#web/ui/card.tsx'
import { formatMoney } from '#web/ui/format.ts'
import type { Filter } from '#web/ui/table-tools.tsx'
import { Table } from '#web/ui/table.tsx'
import { allCommissionColumns } from './all-commission-columns.tsx'

/** Every affiliate's commissions; those under review say why to the owner. */
export function AllCommissionsScreen() {
  const { control, asked } = useList(ALL_COMMISSIONS_ORDER, ['status', 'affiliate'])
  const { filters } = control.state
  const status = AFFILIATE_COMMISSION_STATUSES.find((known) => known === filters['status'])
  const affiliateId = isId(filters['affiliate']) ? filters['affiliate'] : undefined
  const answer = useQuery(allCommissionsQuery({ ...asked, ...(status && { status }), ...(affiliateId && { affiliateId }) }))
  const { data } = answer
  const tools: Filter[] = [
    {
      key: 'status',
      label: m.base_status(),
      options: AFFILIATE_COMMISSION_STATUSES.map((value) => ({ value, label: statusWords[value].label() })),
    },
  ]
  // One comes here from a sale with an affiliate in the address: shown as a filter, so that it can be taken off.
  const one = data?.rows[0]
  if (affiliateId) {
    tools.push({
      key: 'affiliate',
      label: m.role_affiliate(),
      options: [{ value: affiliateId, label: one ? affiliateName(one) : m.affiliation_com_of() }],
    })
  }
  return (
    <OfficeList
      title={m.affiliation_commissions()}
      lead={m.affiliation_all_com_lead()}
      searchLabel={m.affiliation_com_find()}
      control={control}
      filters={tools}
      answer={answer}
      sums={data && m.affiliation_com_sums({ count: data.total, amount: formatMoney(data.sums.totalCents) })}
    >
      <Card flush>
        <Table
          caption={m.affiliation_all_com_caption()}
          columns={allCommissionColumns()}
          rows={data?.rows ?? []}
          rowKey={(row) => row.id}
          control={control}
          loadingRows={data ? 0 : SKELETON_ROWS}
          empty={
            <Nothing
              control={control}
              path="/admin/commissions"
              title={m.affiliation_commissions_none()}
              text={m.affiliation_all_com_none_text()}
            />
          }
        />
      </Card>
    </OfficeList>
  )
}
