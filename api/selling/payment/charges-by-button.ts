import { sql } from 'drizzle-orm'
import { manualPaymentButtons, paymentAttempts, products } from '#db/schema/all.ts'
import { DAY_MS } from '#domain/base/time.ts'
import { DECLINES_WINDOW_MS, isBraked, isButtonOver } from '#domain/selling/brake.ts'
import type { Ctx } from '#api/context.ts'
import { policyOf, selectPolicy } from '#api/policy.ts'
import { REFUSED } from '#api/selling/checkout/declines.ts'

type Charges = { charges: number; refused: number }
type ButtonRow = {
  buttonKey: string
  productName: string
  dayCharges: number
  dayRefused: number
  hourCharges: number
  hourRefused: number
  lastRefusedAt: number | null
}
type KeyRow = { kind: 'network' | 'card'; refused: number; lastRefusedAt: number | null }

/** What the banks said at each button in the last day and hour, and what is slowed down at this moment because too much was refused. */
export async function loadChargesByButton(ctx: Ctx) {
  const { db, now } = ctx
  const [policies, buttons, keys] = await db.batch([selectPolicy(ctx), byButton(ctx), byKey(ctx)])
  const policy = policyOf(policies[0])
  const braked = (row: { lastRefusedAt: number | null }, isOver: boolean) => isOver && isBraked(dateOf(row.lastRefusedAt), policy, now)
  const limits = { network: policy.declines.perNetwork, card: policy.declines.perCard }
  const brakedKeys = (kind: KeyRow['kind']) =>
    keys.rows.filter((row) => row.kind === kind && braked(row, row.refused >= limits[kind])).length
  return {
    buttons: buttons.rows.map((row) => {
      const hour: Charges = { charges: row.hourCharges, refused: row.hourRefused }
      const isOver = isButtonOver({ refused: hour.refused, succeeded: hour.charges - hour.refused }, policy)
      return {
        buttonKey: row.buttonKey,
        productName: row.productName,
        hour,
        day: { charges: row.dayCharges, refused: row.dayRefused } satisfies Charges,
        isBraked: braked(row, isOver),
      }
    }),
    brakedNetworks: brakedKeys('network'),
    brakedCards: brakedKeys('card'),
  }
}

const dateOf = (at: number | null) => (at === null ? null : new Date(at))
const LAST_REFUSED = sql`(extract(epoch from max(coalesce(a."settledAt", a."createdAt")) filter (where ${REFUSED})) * 1000)::float8`
const ANSWERED = sql`(a.status = 'SUCCEEDED' or ${REFUSED})`

/** Each button's attempts are found by its own index; most refusals first. */
function byButton({ db, now }: Ctx) {
  const [day, hour] = [DAY_MS, DECLINES_WINDOW_MS].map((ms) => new Date(now.getTime() - ms).toISOString())
  const inHour = sql`a."createdAt" > ${hour}::timestamp`
  return db.execute<ButtonRow>(sql`
    select b."buttonKey", p.name as "productName", count(*) filter (where ${ANSWERED})::int as "dayCharges", count(*) filter (where ${REFUSED})::int as "dayRefused",
      count(*) filter (where ${ANSWERED} and ${inHour})::int as "hourCharges", count(*) filter (where ${REFUSED} and ${inHour})::int as "hourRefused",
      ${LAST_REFUSED} as "lastRefusedAt"
    from ${manualPaymentButtons} b join ${products} p on p.id = b."productId"
    join ${paymentAttempts} a on a."buttonId" = b.id and a."createdAt" > ${day}::timestamp
    group by b.id, p.id having count(*) filter (where ${ANSWERED}) > 0 order by "hourRefused" desc, "dayCharges" desc, b."buttonKey" limit 20`)
}

function byKey({ db, now }: Ctx) {
  const hour = new Date(now.getTime() - DECLINES_WINDOW_MS).toISOString()
  const recent = sql`from ${manualPaymentButtons} b join ${paymentAttempts} a on a."buttonId" = b.id and a."createdAt" > ${hour}::timestamp where ${REFUSED}`
  return db.execute<KeyRow>(sql`
    select 'network' as kind, count(*)::int as refused, ${LAST_REFUSED} as "lastRefusedAt" ${recent} and a.network is not null group by a.network
    union all select 'card', count(*)::int, ${LAST_REFUSED} ${recent} and a."cardToken" is not null group by a."cardToken"`)
}
