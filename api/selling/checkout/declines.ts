import { sql, type SQL } from 'drizzle-orm'
import { lockNames } from '#db/client.ts'
import { paymentAttempts } from '#db/schema/all.ts'
import { DECLINES_WINDOW_MS, IN_FLIGHT_MS, NEVER_TRIED, type Allowance, type Tallies, type Tally } from '#domain/selling/brake.ts'
import type { Ctx } from '#api/context.ts'

/** Whose attempts count together. */
export interface Counted {
  cardToken: string
  checkoutId: string
  network: string | null
  buttonId: string
}

/** The name under which an order is refused that no longer fits the room it was decided on. */
export const DECLINES_ALLOWANCE = 'declines_room'

/** The bank was asked about the card and said no. */
export const REFUSED = sql`(a.status = 'DECLINED' and coalesce(a."declineCode", '') not in ${NEVER_TRIED})`

const sinceOf = (now: Date) => new Date(now.getTime() - DECLINES_WINDOW_MS).toISOString()

function inFlight(now: Date): SQL {
  const young = new Date(now.getTime() - IN_FLIGHT_MS).toISOString()
  return sql`(a.status in ('CREATED', 'SENT', 'UNKNOWN') and a."createdAt" > ${young}::timestamp)`
}

/** Each condition has its index. */
function conditionsOf({ cardToken, checkoutId, network, buttonId }: Counted) {
  return {
    card: sql`a."cardToken" = ${cardToken}`,
    checkout: sql`a."checkoutSessionId" = ${checkoutId}`,
    network: network === null ? null : sql`a.network = ${network}`,
    button: sql`a."buttonId" = ${buttonId}`,
  }
}

type Row = { name: string; refused: number; succeeded: number; inFlight: number; lastRefusedAt: number | null }

/** What became of the last hour's attempts, by each of what they may have in common with this one. One round trip. */
export async function loadTallies({ db, now }: Pick<Ctx, 'db' | 'now'>, counted: Counted): Promise<Tallies> {
  const parts = Object.entries(conditionsOf(counted)).flatMap(([name, condition]) =>
    condition === null
      ? []
      : [
          sql`select ${name} as name, count(*) filter (where ${REFUSED})::int as refused, count(*) filter (where a.status = 'SUCCEEDED')::int as succeeded,
            count(*) filter (where ${inFlight(now)})::int as "inFlight",
            (extract(epoch from max(coalesce(a."settledAt", a."createdAt")) filter (where ${REFUSED})) * 1000)::float8 as "lastRefusedAt"
            from ${paymentAttempts} a where ${condition} and a."createdAt" > ${sinceOf(now)}::timestamp`,
        ],
  )
  const { rows } = await db.execute<Row>(sql.join(parts, sql` union all `))
  const of = (name: string): Tally => tallyOf(rows.find((row) => row.name === name))
  return { card: of('card'), checkout: of('checkout'), network: counted.network === null ? null : of('network'), button: of('button') }
}

function tallyOf(row: Row | undefined): Tally {
  if (!row) return { refused: 0, succeeded: 0, inFlight: 0, lastRefusedAt: null }
  const { refused, succeeded, lastRefusedAt } = row
  return { refused, succeeded, inFlight: row.inFlight, lastRefusedAt: lastRefusedAt === null ? null : new Date(lastRefusedAt) }
}

/**
 * Early in the order's write: orders that count together follow one another, and each still finds the room that it was decided on. Locks are taken in one
 * order (card, network, button), so that no two orders wait for each other.
 */
export function allowanceStatements({ db, now }: Pick<Ctx, 'db' | 'now'>, counted: Counted, room: Allowance) {
  const conditions = conditionsOf(counted)
  const bounds = [
    { key: `declines:card:${counted.cardToken}`, condition: conditions.card, most: room.card },
    { key: `declines:network:${counted.network}`, condition: conditions.network, most: room.network },
    { key: `declines:button:${counted.buttonId}`, condition: conditions.button, most: room.button },
  ]
  return bounds.flatMap(({ key, condition, most }) => {
    if (condition === null || most === null) return []
    const counts = sql`select count(*) from ${paymentAttempts} a where ${condition} and a."createdAt" > ${sinceOf(now)}::timestamp and (${REFUSED} or ${inFlight(now)})`
    return [lockNames(db, [key]), db.execute(sql`select guard((${counts}) <= ${most}, ${DECLINES_ALLOWANCE})`)]
  })
}
