import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { PLATFORMS } from '#domain/base/enums.ts'
import { USER_TYPES } from '#domain/identity/enums.ts'
import { PEOPLE_ORDER } from '#domain/identity/lists.ts'
import { meQuery } from '#web/data/me.ts'
import { peopleQuery } from '#web/data/people.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { OfficeList } from '#web/shell/back-office/office-list.tsx'
import { Nothing, SKELETON_ROWS } from '#web/shell/list-page.tsx'
import { useList } from '#web/shell/use-list.ts'
import { Card } from '#web/ui/card.tsx'
import type { Filter } from '#web/ui/table-tools.tsx'
import { Table } from '#web/ui/table.tsx'
import { personColumns, roleWords } from './person-columns.tsx'

/** The people of one site at a time. No amount stands here, nor anything that tells one. */
export function PeopleScreen() {
  const { user } = useSuspenseQuery(meQuery).data
  const { control, asked } = useList(PEOPLE_ORDER, ['site', 'role'])
  const { filters } = control.state
  const platform = PLATFORMS.find((known) => known === filters['site']) ?? 'WEOKTO'
  const role = platform === 'WEOKTO' ? USER_TYPES.find((known) => known === filters['role']) : undefined
  const answer = useQuery(peopleQuery({ ...asked, platform, ...(role && { role }) }))
  const { data } = answer
  const tools: Filter[] = [{ key: 'site', label: m.identity_people_site(), options: [{ value: 'STAM', label: 'STAM' }], none: 'WEOKTO' }]
  // Only this site has roles.
  if (platform === 'WEOKTO') {
    tools.push({ key: 'role', label: m.identity_people_role(), options: USER_TYPES.map((value) => ({ value, label: roleWords[value]() })) })
  }
  return (
    <OfficeList
      title={m.identity_people()}
      lead={m.identity_people_lead()}
      searchLabel={m.identity_people_find()}
      control={control}
      filters={tools}
      answer={answer}
    >
      <Card flush>
        <Table
          caption={m.identity_people()}
          columns={personColumns(platform, user?.permissions.includes('affiliation.affiliates') ?? false)}
          rows={data?.rows ?? []}
          rowKey={(person) => person.id}
          control={control}
          loadingRows={data ? 0 : SKELETON_ROWS}
          empty={<Nothing control={control} path="/admin/people" title={m.identity_people_none()} text={m.identity_people_none_text()} />}
        />
      </Card>
    </OfficeList>
  )
}
