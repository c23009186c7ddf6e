import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { stripVTControlCharacters } from 'node:util'
import { request } from '#dev/http-client.ts'
import { PlainError } from '#dev/plain-error.ts'
import type { Child } from './child.ts'

const WITHIN_MS = 90_000

/** Waits until `url` answers as awaited; a part that ends before, or never answers, is told with its log's last error. */
export async function untilReady(child: Child, url: string, isReady: (status: number) => boolean): Promise<void> {
  const deadline = Date.now() + WITHIN_MS
  let last = 'it did not answer'
  while (!child.hasExited() && Date.now() < deadline) {
    const answer = await request(url, { signal: AbortSignal.timeout(5_000) }).catch(() => null)
    if (answer !== null) {
      const text = await answer.text()
      if (isReady(answer.status)) return
      last = `it answers ${answer.status}: ${text.slice(0, 200)}`
      // A worker that answers at all has been built; an error in its settings will not go away by waiting.
      if (answer.status >= 500 && Date.now() > deadline - WITHIN_MS + 15_000) break
    }
    await sleep(100)
  }
  const how = child.hasExited() ? `it ${await child.exited}` : last
  throw new PlainError(`${child.name} did not start: ${how}${lastError(child.logFile)} (log: ${child.logFile})`)
}

/** The log's last line that speaks of an error, without the colours of a terminal. */
function lastError(logFile: string): string {
  const lines = stripVTControlCharacters(readFileSync(logFile, 'utf8')).split('\n')
  const line = lines.findLast((one) => /error|✘/i.test(one) && !/^\s*at /.test(one)) ?? ''
  const words = line.replace(/^.*?✘\s*/, '').trim()
  return words === '' ? '' : `: ${words.slice(0, 300)}`
}
