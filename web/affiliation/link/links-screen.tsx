import '#web/shell/pages.css'
import './links.css'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { linksQuery, LINKS_PER_PAGE } from '#web/data/links.ts'
import { messageOf } from '#web/data/api-error.ts'
import { textOf } from '#web/shell/search.ts'
import { ButtonLink } from '#web/shell/links.tsx'
import * as m from '#web/i18n/paraglide/messages.js'
import { Button } from '#web/ui/button.tsx'
import { PageHeader } from '#web/ui/page-header.tsx'
import { Paged } from '#web/ui/pager.tsx'
import { Loading, SkeletonRows } from '#web/ui/skeleton.tsx'
import { EmptyState, ErrorState } from '#web/ui/states.tsx'
import { EditDialog } from './edit-dialog.tsx'
import { LinkCard } from './link-card.tsx'
import { LinkTools } from './link-tools.tsx'
import { linksAsked } from './links-asked.ts'
import { NewDialog } from './new-dialog.tsx'
import { ShareDialog } from './share-dialog.tsx'

/** One's links with what each brought. What is open over the list (new, edit, share) stands in the address too. */
export function LinksScreen() {
  const search: Record<string, unknown> = useSearch({ strict: false })
  const navigate = useNavigate()
  const asked = linksAsked(search)
  const { data, error, refetch, isFetching } = useQuery(linksQuery(asked))
  const go = (change: Record<string, string | number | undefined>, replace = false): void => {
    void navigate({ to: '.', search: { ...search, ...change }, replace, resetScroll: false })
  }
  const close = () => go({ new: undefined, edit: undefined, share: undefined, sub: undefined }, true)
  const links = data?.links ?? []
  const named = (key: string) => links.find((link) => link.id === textOf(search, key))
  return (
    <>
      <PageHeader
        title={m.affiliation_links_title()}
        lead={m.affiliation_links_lead()}
        action={
          <Button look="primary" icon="plus" onClick={() => go({ new: 'any' })}>
            {m.affiliation_links_new()}
          </Button>
        }
      />
      <LinkTools asked={asked} onChange={(change) => go({ ...change, page: undefined }, true)} />
      {error && !data && (
        <ErrorState onRetry={async () => void (await refetch())} busy={isFetching}>
          {messageOf(error)}
        </ErrorState>
      )}
      {!error && !data && (
        <Loading>
          <SkeletonRows rows={4} />
        </Loading>
      )}
      <Paged page={asked.page} pageSize={LINKS_PER_PAGE} total={data?.total} onPage={(page) => go({ page })}>
        <ul className="links">
          {links.map((link) => (
            <li key={link.id}>
              <LinkCard link={link} onShare={() => go({ share: link.id })} onEdit={() => go({ edit: link.id })} />
            </li>
          ))}
        </ul>
        {data?.total === 0 && <NoLink filtered={asked.state !== undefined || asked.period !== undefined} />}
      </Paged>
      <NewDialog
        target={textOf(search, 'new')}
        onClose={close}
        onMade={(id, sub) => go({ new: undefined, share: id, sub: sub || undefined }, true)}
      />
      <EditDialog link={named('edit')} onClose={close} />
      <ShareDialog link={named('share')} sub={textOf(search, 'sub') ?? ''} onClose={close} />
    </>
  )
}

function NoLink({ filtered }: { filtered: boolean }) {
  if (filtered) {
    return (
      <EmptyState
        icon="filter"
        title={m.affiliation_links_none_here()}
        action={<ButtonLink to="/links">{m.affiliation_links_all()}</ButtonLink>}
      >
        {m.affiliation_links_none_here_text()}
      </EmptyState>
    )
  }
  const choose = (
    <ButtonLink to="/marketplace" look="primary" icon="shop">
      {m.affiliation_links_none_action()}
    </ButtonLink>
  )
  return (
    <EmptyState icon="link" title={m.affiliation_links_none()} action={choose}>
      {m.affiliation_links_none_text()}
    </EmptyState>
  )
}
