import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core'
import { probe, type Noted } from './probe.ts'

/** A slow phone's network: https://github.com/GoogleChrome/lighthouse/blob/main/docs/throttling.md calls it request-level throttling. */
const SLOW = { offline: false, latency: 400, downloadThroughput: 400_000 / 8, uploadThroughput: 400_000 / 8 }
const PHONE = { width: 360, height: 740 }
const AT_MOST_MS = 60_000
const QUIET_MS = 1_200

export interface Opening {
  url: string
  locale: 'fr-FR' | 'en-GB'
  session: string | null
}

export interface Opened extends Noted {
  bytes: number
  /** How many calls to the API wait for one another before the page is whole. */
  callsInARow: number
  /** Calls that were made twice. */
  twice: string[]
  said: string[]
}

/** Opens one address cold, over the slow network, and waits until the page is whole and nothing moves on the wire. */
export async function open(browser: Browser, { url, locale, session }: Opening): Promise<Opened> {
  const context = await browser.newContext({ viewport: PHONE, deviceScaleFactor: 2, isMobile: true, hasTouch: true, locale })
  if (session !== null) await context.addCookies([{ name: 'session', value: session, url: new URL(url).origin }])
  try {
    const page = await context.newPage()
    await page.addInitScript(probe)
    const said = sayingsOf(page)
    const traffic = await watch(context, page)
    await page.goto(url, { waitUntil: 'commit', timeout: AT_MOST_MS })
    await page.waitForFunction(() => (globalThis as typeof globalThis & { noted: Noted }).noted.whole !== null, null, {
      timeout: AT_MOST_MS,
    })
    await traffic.quiet()
    const noted = await page.evaluate(() => (globalThis as typeof globalThis & { noted: Noted }).noted)
    return { ...noted, ...traffic.told(noted.whole ?? 0), said }
  } finally {
    await context.close()
  }
}

function sayingsOf(page: Page): string[] {
  const said: string[] = []
  page.on('console', (message) => message.type() === 'error' && said.push(message.text()))
  page.on('pageerror', (error) => said.push(error.message))
  return said
}

interface Call {
  path: string
  begun: number
  ended: number
}

async function watch(context: BrowserContext, page: Page) {
  const wire: CDPSession = await context.newCDPSession(page)
  const calls = new Map<string, Call>()
  let [first, last, bytes] = [0, performance.now(), 0]
  wire.on('Network.requestWillBeSent', ({ requestId, request, timestamp }) => {
    first ||= timestamp
    calls.set(requestId, { path: new URL(request.url).pathname, begun: timestamp, ended: Number.POSITIVE_INFINITY })
  })
  const done = ({
    requestId,
    timestamp,
    encodedDataLength = 0,
  }: {
    requestId: string
    timestamp: number
    encodedDataLength?: number
  }): void => {
    const call = calls.get(requestId)
    if (call === undefined) return
    call.ended = timestamp
    bytes += encodedDataLength
    last = performance.now()
  }
  wire.on('Network.loadingFinished', done)
  wire.on('Network.loadingFailed', done)
  await wire.send('Network.enable')
  await wire.send('Network.emulateNetworkConditions', SLOW)
  return {
    async quiet(): Promise<void> {
      const end = performance.now() + AT_MOST_MS
      const isBusy = (): boolean => [...calls.values()].some(({ ended }) => ended === Number.POSITIVE_INFINITY)
      while ((isBusy() || performance.now() - last < QUIET_MS) && performance.now() < end) await page.waitForTimeout(100)
    },
    told(wholeMs: number) {
      const api = [...calls.values()].filter(({ path, begun }) => path.startsWith('/api/') && (begun - first) * 1000 < wholeMs)
      const paths = api.map(({ path }) => path)
      return { bytes, callsInARow: longestRow(api), twice: paths.filter((path, at) => paths.indexOf(path) !== at) }
    },
  }
}

/** The longest row of calls each of which began after the one before it had been answered. */
function longestRow(calls: readonly Call[]): number {
  const rows: number[] = []
  const ordered = calls.toSorted((one, other) => one.begun - other.begun)
  for (const [at, { begun }] of ordered.entries()) {
    const before = ordered.flatMap(({ ended }, index) => (index < at && ended <= begun ? [rows[index] ?? 0] : []))
    rows.push(1 + Math.max(0, ...before))
  }
  return Math.max(0, ...rows)
}
