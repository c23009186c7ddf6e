import { verifyLedger, describeBreach } from '#db/ledger/verify.ts'
import type { Stack } from '#dev/environment/stack.ts'
import { PlainError } from '#dev/plain-error.ts'
import { BareSale, type Recording } from './bare-sale.ts'
import { median, report } from './figure.ts'
import { layGround, type Ground } from './ground.ts'
import { drive, type Told } from './client.ts'
import { makeWorld, paidWebhook, prepareSales, type Waiting, type World } from './sale-world.ts'
import { startWorkerd, type BareWorkerd } from './workerd.ts'

const ROUNDS = 5
const SALES = 320
/** Before these the code is not compiled, the connections not open and the plans not made. */
const WARM_ROUNDS = 3
const CLIENTS = 16
const AFFILIATES = 200

/**
 * Webhook in, everything of "paid" written, against the same statements sent by nobody in particular: same database, same HTTP front, in
 * turns. A third side sends every sale of a round to one affiliate, whose balances each sale must lock.
 */
export async function benchSale(folder: string, stack: Stack): Promise<void> {
  const ground = await layGround(folder, stack)
  const world = await makeWorld(ground, AFFILIATES)
  const workerd = await startWorkerd(folder, { databaseUrl: ground.databaseUrl, httpEndpoint: ground.front.endpoint }, stack)
  const bare = await recordBareSale(ground, world, workerd)
  const rounds: Round[] = []
  for (let round = 1 - WARM_ROUNDS; round <= ROUNDS; round++) {
    const measured = await playRound(ground, world, workerd, bare, round)
    if (round > 0) rounds.push(measured)
  }
  report({ bench: 'sale', figure: 'sales over many affiliates', value: median(rounds.map(({ many }) => many)), unit: 'per second' })
  report({
    bench: 'sale',
    figure: 'ratio to the same writes sent bare',
    value: median(rounds.map(({ many, bare }) => many / bare)),
    unit: 'ratio',
    promise: 0.7,
  })
  report({
    bench: 'sale',
    figure: 'one hot affiliate to many',
    value: median(rounds.map(({ many, hot }) => hot / many)),
    unit: 'ratio',
    promise: 0.2,
  })
  report({
    bench: 'sale',
    figure: 'round trips per sale, its receipt left to the sender',
    value: median(rounds.map(({ trips }) => trips)),
    unit: 'round trips',
  })
  await mustBalance(ground)
}

interface Round {
  many: number
  bare: number
  hot: number
  trips: number
}

/** Two sales through the app, one at a time: what they send is counted, and is what the bare side sends from then on. */
async function recordBareSale(ground: Ground, { sold, sellers }: World, workerd: BareWorkerd): Promise<BareSale> {
  const recordings: Recording[] = []
  const trips: number[] = []
  for (const sale of await prepareSales(ground, sold, sellers.slice(0, 4))) {
    // The receipt of the one before would be counted with this one.
    await quiet(ground)
    const before = ground.front.count()
    let until = 0
    const requests = await ground.front.record(async () => {
      await drive({ port: workerd.appPort, clients: 1, next: once(paidWebhook(sale, workerd.appPort)), check: isPaid })
      until = ground.front.count() - before
    })
    trips.push(until)
    const batch = requests.find(({ statements }) => statements.some(({ text }) => text.includes('record_paid_sale')))
    if (batch) recordings.push({ sale, batch })
  }
  const [one, other] = recordings.slice(-2)
  if (!one || !other) throw new PlainError('A sale posted nothing to the ledger: the bench has nothing to compare with.')
  report({
    bench: 'sale',
    figure: 'round trips from webhook to paid',
    value: Math.max(...trips),
    unit: 'round trips',
    promise: 3,
    keeps: 'at most',
  })
  return new BareSale([one, other], ground.front.port)
}

async function playRound(ground: Ground, { sold, sellers }: World, workerd: BareWorkerd, bare: BareSale, round: number): Promise<Round> {
  const spread = Array.from({ length: SALES }, (_, n) => sellers[n % sellers.length] ?? fail())
  const oneSeller = Array.from({ length: SALES / 2 }, () => sellers[round + WARM_ROUNDS] ?? fail())
  const toBare = (await prepareSales(ground, sold, spread)).map((sale) => bare.requestFor(sale))
  const hooksFor = (sales: Waiting[]): string[] => sales.map((sale) => paidWebhook(sale, workerd.appPort))
  const toMany = hooksFor(await prepareSales(ground, sold, spread))
  const toOne = hooksFor(await prepareSales(ground, sold, oneSeller))
  await ground.admin.query('ANALYZE')
  const measured: Round = { many: 0, bare: 0, hot: 0, trips: 0 }
  const sides = {
    bare: async () => void (measured.bare = await perSecond(ground.front.port, toBare, isDone)),
    many: async () => {
      const before = ground.front.count()
      measured.many = await perSecond(workerd.appPort, toMany, isPaid)
      measured.trips = (ground.front.count() - before) / SALES
    },
    hot: async () => void (measured.hot = await perSecond(workerd.appPort, toOne, isPaid)),
  }
  for (const side of round % 2 === 0 ? (['bare', 'many', 'hot'] as const) : (['hot', 'many', 'bare'] as const)) {
    await sides[side]()
    await quiet(ground)
  }
  return measured
}

async function perSecond(port: number, requests: readonly string[], check: (told: Told) => void): Promise<number> {
  let at = 0
  const { count, ms } = await drive({ port, clients: CLIENTS, next: () => requests[at++] ?? null, check })
  return (count * 1000) / ms
}

/** Receipts go out after the answers; the next side begins when nothing of this one is under way. */
async function quiet({ front }: Ground): Promise<void> {
  for (let before = -1; before !== front.count();) {
    before = front.count()
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
}

async function mustBalance({ admin }: Ground): Promise<void> {
  const breaches = await verifyLedger(async (sql) => (await admin.query<Record<string, unknown>>(sql)).rows)
  if (breaches.length > 0) throw new PlainError(`The books do not balance after the bench.\n${breaches.map(describeBreach).join('\n')}`)
  const { rows } = await admin.query<{ left: number; paid: number; commissions: number }>(
    `select count(*) filter (where status <> 'PAID')::int as left, count(*) filter (where status = 'PAID')::int as paid, (select count(*)::int from affiliate_commissions) as commissions from invoices`,
  )
  const [{ left, paid, commissions } = { left: -1, paid: 0, commissions: -1 }] = rows
  if (left !== 0 || paid !== commissions)
    throw new PlainError(`Of the bench's sales ${left} are unpaid; ${paid} are paid and have ${commissions} commissions.`)
}

const once = (request: string): (() => string | null) => {
  let left = [request]
  return () => left.pop() ?? null
}

function isPaid({ status, body }: Told): void {
  if (status !== 200 || body !== '{"outcome":"paid"}') throw new Error(`The webhook was not taken as paid: ${status} ${body}`)
}

function isDone({ status, body }: Told): void {
  if (status !== 200) throw new Error(`The bare sale was refused: ${status} ${body.slice(0, 400)}`)
}

function fail(): never {
  throw new Error('There are fewer affiliates than the bench needs.')
}
