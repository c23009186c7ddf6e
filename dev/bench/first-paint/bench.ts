import { launchChromium } from '#dev/environment/chromium.ts'
import { startEnvironment } from '#dev/environment/environment.ts'
import type { Stack } from '#dev/environment/stack.ts'
import { report } from '#dev/bench/figure.ts'
import { startCompressingFront } from './front.ts'
import { open, type Opened } from './opening.ts'
import { PAGES, readyPeople } from './pages.ts'

const OWN_WITHIN_MS = 2_500
const SHIFT_AT_MOST = 0.05
const CALLS_AT_MOST = 2
const LOCALES = ['fr-FR', 'en-GB'] as const

/**
 * Each page cold, in both languages, on a phone of 360 px at 400 kbit/s and 400 ms, from the product as it is served. What Cloudflare adds on the way
 * is its compression, which a front does here. HTTP/1.1 with six connections is stricter than its HTTP/2 and 3; the handshakes of TLS are not in it.
 */
export async function benchFirstPaint(folder: string, stack: Stack): Promise<void> {
  const environment = await startEnvironment({ dataDir: folder, seed: true, fast: true, stack })
  const { sessions, button } = await readyPeople(environment)
  const sitesPort = Number(new URL(environment.stam).port)
  const frontPort = await startCompressingFront(sitesPort, stack)
  // The pages keep their own addresses, so that origins and cookies are those that the app knows.
  const rules = ['weokto', 'stam'].map((site) => `MAP ${site}.localhost:${sitesPort} 127.0.0.1:${frontPort}`).join(', ')
  const browser = await launchChromium({ args: [`--host-resolver-rules=${rules}`] })
  await stack.add(() => browser.close())
  const only = process.env['FIRST_PAINT_ONLY']
  for (const { site, path, as } of PAGES) {
    for (const locale of LOCALES) {
      const name = `${site} ${path} ${as} ${locale.slice(0, 2)}`
      if (only !== undefined && !name.includes(only)) continue
      const url = environment[site] + path.replace('{button}', button)
      tell(name, await open(browser, { url, locale, session: as === 'visitor' ? null : sessions[as] }))
    }
  }
}

function tell(page: string, opened: Opened): void {
  const bench = 'first-paint'
  const own = opened.own ?? Number.POSITIVE_INFINITY
  report({ bench, figure: `${page}: something of its own`, value: own, unit: 'ms', promise: OWN_WITHIN_MS, keeps: 'at most' })
  report({ bench, figure: `${page}: first words`, value: opened.words ?? Number.POSITIVE_INFINITY, unit: 'ms' })
  report({ bench, figure: `${page}: whole`, value: opened.whole ?? Number.POSITIVE_INFINITY, unit: 'ms' })
  report({ bench, figure: `${page}: layout shift`, value: opened.shift, unit: 'ratio', promise: SHIFT_AT_MOST, keeps: 'at most' })
  report({ bench, figure: `${page}: bytes`, value: opened.bytes, unit: 'bytes' })
  report({ bench, figure: `${page}: calls in a row`, value: opened.callsInARow, unit: 'calls', promise: CALLS_AT_MOST, keeps: 'at most' })
  for (const words of [...opened.moved, ...opened.twice.map((path) => `asked twice: ${path}`), ...opened.said])
    console.error(`  ${page}: ${words}`)
}
