import '#web/shell/pages.css'
import './ledger.css'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { LEDGER_FILTERS, type LedgerFilter } from '#domain/affiliation/lists.ts'
import { messageOf } from '#web/data/api-error.ts'
import { ledgerQuery } from '#web/data/ledger.ts'
import { ButtonLink } from '#web/shell/links.tsx'
import * as m from '#web/i18n/paraglide/messages.js'
import { Button } from '#web/ui/button.tsx'
import { Field } from '#web/ui/field.tsx'
import { Select } from '#web/ui/inputs.tsx'
import { PageHeader } from '#web/ui/page-header.tsx'
import { Loading, SkeletonRows } from '#web/ui/skeleton.tsx'
import { EmptyState, ErrorState } from '#web/ui/states.tsx'
import { ledgerFilterWords } from '#web/affiliation/words.ts'
import { ledgerAsked } from './ledger-asked.ts'
import { TransactionCard } from './transaction-card.tsx'

/** The statement by transaction, newest first; an account in the address keeps those that moved it. */
export function LedgerScreen() {
  const search: Record<string, unknown> = useSearch({ strict: false })
  const { account } = ledgerAsked(search)
  const navigate = useNavigate()
  const choose = (value: string): void => {
    void navigate({ to: '.', search: value ? { account: value } : {}, replace: true, resetScroll: false })
  }
  return (
    <>
      <PageHeader title={m.affiliation_ledger_title()} lead={m.affiliation_ledger_lead()} />
      <search className="ui-table-tools">
        <Field label={m.affiliation_ledger_account()} required={false}>
          <Select
            value={account ?? ''}
            onChange={(event) => choose(event.target.value)}
            options={[{ value: '', label: m.base_all() }, ...LEDGER_FILTERS.map((value) => ({ value, label: ledgerFilterWords[value]() }))]}
          />
        </Field>
      </search>
      <Statement account={account} />
    </>
  )
}

function Statement({ account }: { account: LedgerFilter | undefined }) {
  const { data, error, refetch, isFetching, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(ledgerQuery(account))
  if (error && !data) {
    return (
      <ErrorState onRetry={async () => void (await refetch())} busy={isFetching}>
        {messageOf(error)}
      </ErrorState>
    )
  }
  if (!data) {
    return (
      <Loading>
        <SkeletonRows rows={6} />
      </Loading>
    )
  }
  const transactions = data.pages.flatMap((page) => page.transactions)
  if (transactions.length === 0) return <NoLine filtered={account !== undefined} />
  return (
    <>
      <ol className="ledger">
        {transactions.map((transaction) => (
          <li key={transaction.transactionId}>
            <TransactionCard transaction={transaction} account={account} />
          </li>
        ))}
      </ol>
      {hasNextPage && (
        <Button block busy={isFetchingNextPage} onClick={async () => void (await fetchNextPage())}>
          {m.affiliation_ledger_more()}
        </Button>
      )}
    </>
  )
}

function NoLine({ filtered }: { filtered: boolean }) {
  if (!filtered) {
    return (
      <EmptyState icon="wallet" title={m.affiliation_ledger_none()}>
        {m.affiliation_ledger_none_text()}
      </EmptyState>
    )
  }
  return (
    <EmptyState icon="filter" title={m.affiliation_ledger_none_here()} action={<ButtonLink to="/ledger">{m.base_all()}</ButtonLink>}>
      {m.affiliation_ledger_none_here_text()}
    </EmptyState>
  )
}
