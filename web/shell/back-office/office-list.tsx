import { ListPage, type ListPageProps } from '#web/shell/list-page.tsx'
import { AdminNav } from './nav.tsx'

/** A list of the back office, under its menu. */
export function OfficeList(props: ListPageProps) {
  return (
    <>
      <AdminNav />
      <ListPage {...props} />
    </>
  )
}
