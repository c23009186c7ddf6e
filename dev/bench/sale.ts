import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { verifyLedger, describeBreach } from '#db/ledger/verify.ts'
import type { Stack } from '#dev/environment/stack.ts'
import { PlainError } from '#dev/plain-error.ts'
import { BareSale, type Recording } from './bare-sale.ts'
import { median, report } from './figure.ts'
import { layGround, type Ground } from './ground.ts'
import { drive, requestText, type Told } from './client.ts'
import { cpuTicks } from './cpu.ts'
import { makeWorld, paidWebhook, prepareSales, type Seller, type Waiting, type World } from './sale-world.ts'
import { startWorkerd, type BareWorkerd } from './workerd.ts'

const ROUNDS = 5
const SALES = 320
/** Before these the code is not compiled, the connections not open and the plans not made. */
const WARM_ROUNDS = 3
const CLIENTS = 16
const AFFILIATES = 200

/** The twenty-two statements that wrote a sale on 2026-11-22, with the names of their places. */
const RECORDED = join(import.meta.dirname, 'recordings/paid-sale-2026-11-22.json')

/**
 * Webhook in, everything of "paid" written, against the same two requests sent by nobody in particular, and against the batch that wrote a sale
 * before: same database, same HTTP front, in turns. One side sends every sale of a round to one affiliate, whose balances each sale must lock.
 */
export async function benchSale(folder: string, stack: Stack): Promise<void> {
  const ground = await layGround(folder, stack)
  const world = await makeWorld(ground, AFFILIATES)
  const workerd = await startWorkerd(folder, { databaseUrl: ground.databaseUrl, httpEndpoint: ground.front.endpoint }, stack)
  const bare = await recordSale(ground, world, workerd)
  const rounds: Round[] = []
  for (let round = 1 - WARM_ROUNDS; round <= ROUNDS; round++) {
    const measured = await playRound(ground, world, workerd, bare, round)
    if (round > 0) rounds.push(measured)
  }
  tell(rounds)
  await mustBalance(ground)
}

/** Sales a second of each side, and what a sale costs the Worker in milliseconds of processor time. */
type Side = 'own' | 'recorded' | 'sender' | 'many' | 'hot'
type Round = Record<Side, { rate: number; cpuMs: number }>

function tell(rounds: readonly Round[]): void {
  const bench = 'sale'
  const of = (value: (round: Round) => number): number => median(rounds.map(value))
  report({ bench, figure: 'sales over many affiliates', value: of(({ many }) => many.rate), unit: 'per second' })
  const own = of(({ many, own: bare }) => many.rate / bare.rate)
  report({ bench, figure: 'ratio to its own two requests sent bare', value: own, unit: 'ratio', promise: 0.7 })
  const recorded = of(({ many, recorded: batch }) => many.rate / batch.rate)
  report({ bench, figure: 'ratio to the batch of 2026-11-22 sent bare', value: recorded, unit: 'ratio', promise: 1 })
  const hot = of(({ many, hot: one }) => one.rate / many.rate)
  report({ bench, figure: 'one hot affiliate to many', value: hot, unit: 'ratio', promise: 0.2 })
  const cpuMs = of(({ many, sender }) => many.cpuMs - sender.cpuMs)
  const beyond = 'processor time of the Worker beyond a bare one that sends the same'
  report({ bench, figure: beyond, value: cpuMs, unit: 'ms', promise: 2, keeps: 'at most' })
}

/** What the app sends for a sale: its reading and its writing. */
interface Bare {
  load: BareSale
  write: BareSale
  recorded: BareSale
}

/** Sales through the app, one at a time: what they send until they are paid is counted, and is what the bare sides send from then on. */
async function recordSale(ground: Ground, { sold, sellers, places }: World, workerd: BareWorkerd): Promise<Bare> {
  const recordings: { load: Recording; write: Recording; trips: number }[] = []
  for (const sale of await prepareSales(ground, sold, sellers.slice(0, 4))) {
    // The receipt of the one before would be counted with this one.
    await quiet(ground)
    const requests = await ground.front.record(() =>
      drive({ port: workerd.appPort, clients: 1, next: once(paidWebhook(sale, workerd.appPort)), check: isPaid }),
    )
    const [load, write] = ['load_settlement', 'record_paid_sale'].map((name) =>
      requests.findIndex(({ statements }) => statements[0]?.text.includes(name)),
    )
    const [loaded, written] = [requests[load ?? -1], requests[write ?? -1]]
    if (!loaded || !written) throw new PlainError('A sale was not read or not written: the bench has nothing to compare with.')
    recordings.push({ load: { sale, request: loaded }, write: { sale, request: written }, trips: (write ?? 0) + 1 })
  }
  const [one, other] = recordings.slice(-2)
  if (!one || !other) throw new PlainError('The bench has no two sales to compare.')
  const trips = Math.max(...recordings.map((recording) => recording.trips))
  report({ bench: 'sale', figure: 'round trips from webhook to paid', value: trips, unit: 'round trips', promise: 2, keeps: 'at most' })
  const front = { connectionString: one.write.request.connectionString, port: ground.front.port }
  return {
    load: BareSale.of([one.load, other.load], front.port),
    write: BareSale.of([one.write, other.write], front.port),
    recorded: new BareSale(readFileSync(RECORDED, 'utf8'), front, places),
  }
}

async function playRound(ground: Ground, world: World, workerd: BareWorkerd, bare: Bare, round: number): Promise<Round> {
  const { sold, sellers } = world
  const spread = Array.from({ length: SALES }, (_, n) => sellers[n % sellers.length] ?? fail())
  const oneSeller = Array.from({ length: SALES / 2 }, () => sellers[round + WARM_ROUNDS] ?? fail())
  const sales = (whose: Seller[]): Promise<Waiting[]> => prepareSales(ground, sold, whose)
  const hooks = (waiting: Waiting[]): string[] => waiting.map((sale) => paidWebhook(sale, workerd.appPort))
  const requests: Record<Side, string[]> = {
    own: (await sales(spread)).flatMap((sale) => [bare.load.requestFor(sale), bare.write.requestFor(sale)]),
    recorded: (await sales(spread)).map((sale) => bare.recorded.requestFor(sale)),
    sender: (await sales(spread)).map((sale) => senderRequest(ground, workerd, bare, sale)),
    many: hooks(await sales(spread)),
    hot: hooks(await sales(oneSeller)),
  }
  await ground.admin.query('ANALYZE')
  const toFront = { port: ground.front.port, check: isDone }
  const toApp = { port: workerd.appPort, check: isPaid }
  const ways: Record<Side, Way> = {
    own: toFront,
    recorded: toFront,
    sender: { port: workerd.barePort, check: isDone },
    many: toApp,
    hot: toApp,
  }
  const measured: Partial<Round> = {}
  for (const side of round % 2 === 0 ? ORDER : ORDER.toReversed()) {
    const { rate, cpuMs } = await perSecond(workerd.pid, ways[side], requests[side])
    // A sale of its own requests is two of them.
    measured[side] = { rate: side === 'own' ? rate / 2 : rate, cpuMs }
    await quiet(ground)
  }
  return measured as Round
}

const ORDER = ['own', 'many', 'recorded', 'hot', 'sender'] as const satisfies Side[]

/** The same two requests by way of a Worker that only passes them on. */
function senderRequest(ground: Ground, { barePort }: BareWorkerd, { load, write }: Bare, sale: Waiting): string {
  const body = JSON.stringify({ endpoint: ground.front.endpoint, headers: load.headers, bodies: [load.bodyFor(sale), write.bodyFor(sale)] })
  return requestText('POST', '/sql', { host: `127.0.0.1:${barePort}`, 'content-type': 'application/json' }, body)
}

interface Way {
  port: number
  check: (told: Told) => void
}

async function perSecond(pid: number, { port, check }: Way, requests: readonly string[]): Promise<{ rate: number; cpuMs: number }> {
  let at = 0
  const ticks = cpuTicks(pid) ?? 0
  const { count, ms } = await drive({ port, clients: CLIENTS, next: () => requests[at++] ?? null, check })
  return { rate: (count * 1000) / ms, cpuMs: (((cpuTicks(pid) ?? 0) - ticks) * 10) / count }
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
