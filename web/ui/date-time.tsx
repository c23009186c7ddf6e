import { useEffect, useState } from 'react'
import * as m from '#web/i18n/paraglide/messages.js'
import { formatDateTime, formatDay, formatRelative, formatTime, type Instant } from './format.ts'

/** A Paris day, or day and hour; the tooltip always gives the exact instant and names the zone. */
export function DateTime({ at, show = 'day' }: { at: Instant; show?: 'day' | 'full' | 'time' }) {
  const date = new Date(at)
  const text = { day: formatDay, full: formatDateTime, time: formatTime }[show](date)
  return (
    <time dateTime={date.toISOString()} title={m.base_paris_time({ at: formatDateTime(date) })}>
      {text}
    </time>
  )
}

const MINUTE = 60_000

/** « il y a 3 minutes », kept true once a minute. */
export function RelativeTime({ at }: { at: Instant }) {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), MINUTE)
    return () => clearInterval(timer)
  }, [])
  const date = new Date(at)
  return (
    <time dateTime={date.toISOString()} title={m.base_paris_time({ at: formatDateTime(date) })}>
      {formatRelative(date, now)}
    </time>
  )
}
