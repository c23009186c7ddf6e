import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { request } from '#dev/http-client.ts'
import { ROOT } from './root.ts'

/** The schedules that wrangler.toml gives the Worker. */
export function cronsOf(toml = readFileSync(join(ROOT, 'wrangler.toml'), 'utf8')): string[] {
  const list = /^crons\s*=\s*\[([^\]]*)\]/m.exec(toml)?.[1] ?? ''
  return [...list.matchAll(/"([^"]+)"/g)].map((match) => match[1] ?? '')
}

/** True when a five-field schedule (numbers, *, steps, ranges and lists; UTC) is due in the minute of `time`. */
export function isDue(cron: string, time: Date): boolean {
  const [minute = '*', hour = '*', day = '*', month = '*', weekday = '*'] = cron.split(' ')
  const onTime =
    matches(minute, time.getUTCMinutes(), 0) && matches(hour, time.getUTCHours(), 0) && matches(month, time.getUTCMonth() + 1, 1)
  const onDay = matches(day, time.getUTCDate(), 1)
  const onWeekday = matches(weekday, time.getUTCDay(), 0)
  // As in every cron: when both are given, one of them is enough.
  return onTime && (day !== '*' && weekday !== '*' ? onDay || onWeekday : onDay && onWeekday)
}

function matches(field: string, value: number, first: number): boolean {
  return field.split(',').some((part) => {
    const [range = '*', step = '1'] = part.split('/')
    if (range === '*') return (value - first) % Number(step) === 0
    const [from, to = part.includes('/') ? Infinity : from] = range.split('-').map(Number)
    return from !== undefined && value >= from && value <= Number(to) && (value - from) % Number(step) === 0
  })
}

/** Fires one schedule of a local runtime at a time of choice: how development and tests move the clock. */
export async function fire(apiUrl: string, cron: string, time: Date): Promise<void> {
  const url = `${apiUrl}/cdn-cgi/handler/scheduled?cron=${encodeURIComponent(cron)}&time=${time.getTime()}`
  const answer = await request(url)
  const text = await answer.text()
  if (answer.status !== 200 || text !== 'ok') throw new Error(`The schedule ${cron} failed: ${answer.status} ${text.slice(0, 300)}`)
}

const MINUTE = 60_000

/** Fires each schedule when it is due, as the platform does in production. A failure is told and the next minute comes. */
export function startTicker(apiUrl: string, told: (failure: unknown) => void): { stop(): Promise<void> } {
  const crons = cronsOf()
  let running: Promise<unknown> = Promise.resolve()
  let timer: NodeJS.Timeout
  const plan = (): void => {
    const next = new Date(Math.floor(Date.now() / MINUTE) * MINUTE + MINUTE)
    timer = setTimeout(() => {
      const due = crons.filter((cron) => isDue(cron, next))
      running = running.then(() => Promise.all(due.map((cron) => fire(apiUrl, cron, next).catch(told))))
      plan()
    }, next.getTime() - Date.now())
  }
  plan()
  return {
    stop: async () => {
      clearTimeout(timer)
      await Promise.race([running, new Promise((resolve) => setTimeout(resolve, 2_000))])
    },
  }
}
