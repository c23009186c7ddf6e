import type { Stack } from '#dev/environment/stack.ts'
import { makeAffiliate, makeLink, makeOffer } from '#dev/testing/people.ts'
import { cpuTicks } from './cpu.ts'
import { median, report } from './figure.ts'
import { layGround } from './ground.ts'
import { drive, LoadClient, requestText, type Told } from './client.ts'
import { startWorkerd, type BareWorkerd } from './workerd.ts'

const ROUNDS = 9
const ROUND_MS = 1_000
const CLIENTS = 32
/** A link is trusted for half a minute, so each round begins by asking for it once. */
const WARM_REQUESTS = 200
const BROWSER = {
  'user-agent':
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
  accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  'accept-language': 'fr-FR,fr;q=0.9',
  'accept-encoding': 'gzip, deflate, br',
  referer: 'https://www.instagram.com/',
}

/** A click on a warm link against the same framework answering 302 and nothing else: same process, same machine, in turns. */
export async function benchRedirect(folder: string, stack: Stack): Promise<void> {
  const { databaseUrl, front, db } = await layGround(folder, stack)
  const affiliate = await makeAffiliate(db)
  const offer = await makeOffer(db, { community: { landingPageUrl: 'https://example.com/landing' } })
  const link = await makeLink(db, { affiliateId: affiliate.id, productId: offer.product.id })
  const workerd = await startWorkerd(folder, { databaseUrl, httpEndpoint: front.endpoint }, stack)
  const request = requestText('GET', `/r/${link.code}`, { host: `stam.localhost:${workerd.appPort}`, ...BROWSER })

  await ask(workerd.appPort, request, isClick)
  await compare(workerd, request)

  const before = front.count()
  await forCount(workerd.appPort, request, 2_000)
  const trips = front.count() - before
  report({
    bench: 'redirect',
    figure: 'database round trips before the 302 when warm',
    value: trips,
    unit: 'round trips',
    promise: 0,
    keeps: 'at most',
  })

  await front.stop()
  const answered = await forCount(workerd.appPort, request, 2_000)
  report({ bench: 'redirect', figure: 'share answered with the database down', value: answered / 2_000, unit: 'ratio', promise: 1 })
}

/** The sides take turns, and the one that begins changes, so that what else the machine does falls on both alike. */
async function compare(workerd: BareWorkerd, request: string): Promise<void> {
  const sides = [
    { port: workerd.barePort, check: isRedirect },
    { port: workerd.appPort, check: isClick },
  ]
  for (const { port, check } of sides) await forTime(port, request, check, ROUND_MS)
  const rounds: { ratio: number; cost: number; rate: number }[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const results = new Map<number, { rate: number; cost: number }>()
    for (const { port, check } of round % 2 === 0 ? sides : sides.toReversed()) {
      await forCount(port, request, WARM_REQUESTS)
      const ticks = cpuTicks(workerd.pid) ?? 0
      const { count, ms } = await forTime(port, request, check, ROUND_MS)
      results.set(port, { rate: (count * 1000) / ms, cost: ((cpuTicks(workerd.pid) ?? 0) - ticks) / count })
    }
    const [bare, app] = [results.get(workerd.barePort), results.get(workerd.appPort)]
    if (bare && app) rounds.push({ ratio: app.rate / bare.rate, cost: bare.cost / app.cost, rate: app.rate })
  }
  report({ bench: 'redirect', figure: 'redirects', value: median(rounds.map(({ rate }) => rate)), unit: 'per second' })
  report({
    bench: 'redirect',
    figure: 'ratio to bare redirect',
    value: median(rounds.map(({ ratio }) => ratio)),
    unit: 'ratio',
    promise: 0.7,
  })
  report({
    bench: 'redirect',
    figure: 'ratio to bare redirect by processor time',
    value: median(rounds.map(({ cost }) => cost)),
    unit: 'ratio',
  })
}

function forTime(port: number, request: string, check: (told: Told) => void, ms: number): Promise<{ count: number; ms: number }> {
  const end = performance.now() + ms
  return drive({ port, clients: CLIENTS, next: () => (performance.now() < end ? request : null), check })
}

async function forCount(port: number, request: string, most: number): Promise<number> {
  let left = most
  const { count } = await drive({ port, clients: CLIENTS, next: () => (left-- > 0 ? request : null), check: isRedirect })
  return count
}

async function ask(port: number, request: string, check: (told: Told) => void): Promise<void> {
  const client = await LoadClient.open(port)
  check(await client.ask(request))
  client.close()
}

function isRedirect({ status, head, body }: Told): void {
  if (status !== 302) throw new Error(`Not a redirect: ${head} ${body}`)
}

/** With the token in it: a click that nobody could be paid for would be easy to make fast. */
function isClick(told: Told): void {
  isRedirect(told)
  if (!told.head.includes('ck=')) throw new Error(`The click has no token: ${told.head}`)
}
