import { eq, sql, type SQL } from 'drizzle-orm'
import * as z from 'zod/mini'
import { affiliateLedger, withdrawalRequests } from '#db/schema/all.ts'
import { LEDGER_ACCOUNTS, type LedgerAccount, type LedgerEntryType } from '#domain/affiliation/enums.ts'
import { COMPANIONS } from '#domain/affiliation/ledger.ts'
import { accountsOf, LEDGER_FILTERS, type LedgerFilter } from '#domain/affiliation/lists.ts'
import { requirePermission } from '#api/authorize.ts'
import type { Ctx } from '#api/context.ts'

/** A statement goes from the newest down, and rows are only ever added above: a page begins after the last transaction seen. */
const CURSOR = /^(\d{1,14})_([\w-]{1,64})$/

export const ListLedger = z.object({
  account: z.optional(z.enum(LEDGER_FILTERS)),
  after: z.optional(z.string().check(z.regex(CURSOR))),
  size: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(100)), 25),
})

export type ListLedger = z.infer<typeof ListLedger>

/** An event moves each account once at most, and what follows it (a debt repaid) some again: no transaction has more lines. */
const MOST_LINES = LEDGER_ACCOUNTS.length + 4

type Line = {
  transactionId: string
  type: LedgerEntryType
  account: LedgerAccount
  amountCents: number
  balanceAfterCents: number
  description: string
  commissionId: string | null
  withdrawalId: string | null
  eventAt: string
  createdAt: string
}

/** One's own ledger by transaction, newest first; with an account, the transactions that moved it. One statement. */
export async function listOwnLedger(ctx: Ctx, { account, after, size }: ListLedger) {
  const { userId } = requirePermission(ctx, 'affiliation.own_ledger')
  const { rows } = await ctx.db.execute<Line>(statement(userId, account, after, size))
  const transactions = [...Map.groupBy(rows, (line) => line.transactionId).values()].flatMap(viewTransaction)
  const shown = transactions.slice(0, size)
  const last = shown.at(-1)
  return { transactions: shown, next: transactions.length > size && last ? `${last.createdAt.getTime()}_${last.transactionId}` : null }
}

function statement(userId: string, filter: LedgerFilter | undefined, after: string | undefined, size: number) {
  const e = affiliateLedger
  const [, ms, transactionId] = CURSOR.exec(after ?? '') ?? []
  const older =
    ms === undefined
      ? sql``
      : sql`and (e."createdAt", e."transactionId") < (${new Date(Number(ms)).toISOString()}::timestamp(3), ${transactionId}::text)`
  const moved = filter === undefined ? sql`` : movedBy(filter)
  return sql`
    with page as (
      select near."createdAt", near."transactionId" from (
        select e."createdAt", e."transactionId" from ${e} e where e."affiliateId" = ${userId} ${moved} ${older}
        order by e."createdAt" desc, e."transactionId" desc limit ${(size + 1) * MOST_LINES}) near
      group by 1, 2 order by 1 desc, 2 desc limit ${size + 1})
    select e."transactionId", e.type, e.account, e.amount as "amountCents", e."balanceAfter" as "balanceAfterCents", e.description,
      e."commissionId", e."withdrawalId", to_char(e."eventAt", ${ISO}) as "eventAt", to_char(e."createdAt", ${ISO}) as "createdAt"
    from page join ${e} e on e."transactionId" = page."transactionId" and e."affiliateId" = ${userId}
    order by page."createdAt" desc, page."transactionId" desc, e.account, e.seq`
}

/** Withdrawals of which the money left and has stayed away, for the figure of what was paid and for its lines. */
export const PAID_OUT = eq(withdrawalRequests.status, 'PAID')

function movedBy(filter: LedgerFilter): SQL {
  const accounts = sql.join(
    accountsOf(filter).map((account) => sql`${account}::ledger_account`),
    sql`, `,
  )
  const moved = sql`and e.account in (${accounts})`
  if (filter !== 'PAID_OUT') return moved
  const isPaid = sql`exists (select from ${withdrawalRequests} where ${withdrawalRequests.id} = e."withdrawalId" and ${PAID_OUT})`
  return sql`${moved} and e.type = 'WITHDRAWAL_PAID' and ${isPaid}`
}

/** Raw statements bring instants as text, so they say themselves that it is UTC. */
const ISO = 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'

/** One call of the ledger may post a fee or a repayment of debt beside the event: the event names the transaction. */
function viewTransaction(lines: readonly Line[]) {
  const first = lines.find((line) => !COMPANIONS.includes(line.type)) ?? lines[0]
  if (!first) return []
  const { transactionId, type, description, commissionId, withdrawalId } = first
  return [
    {
      transactionId,
      type,
      description,
      commissionId,
      withdrawalId,
      eventAt: new Date(first.eventAt),
      createdAt: new Date(first.createdAt),
      lines: lines.map((line) => ({
        type: line.type,
        account: line.account,
        amountCents: line.amountCents,
        balanceAfterCents: line.balanceAfterCents,
      })),
    },
  ]
}
