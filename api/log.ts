import { DROPPED, findPan } from '#domain/base/pan/pan.ts'

const MOST = 300

/**
 * An error in one line, for logs and notes. A driver's message goes on with the statement's parameters on lines of their own: people's data stays
 * out. One that repeats a card number is not repeated.
 */
export function briefOf(error: unknown): string {
  const [first = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
  return findPan(first) ? DROPPED : first.slice(0, MOST)
}

/** `level` is "error" unless the event is one that nobody has to act on. */
type Facts = { level?: 'warn' } & Record<string, unknown>

/**
 * One line of JSON for whoever runs the platform: what happened, in which request, and the facts that find it again. Never what people typed.
 * `ctx` is null where nobody asked, such as after the answer has gone.
 */
export function log(ctx: { requestId?: string } | null, event: string, { level, ...facts }: Facts): void {
  const requestId = ctx?.requestId
  console.error(JSON.stringify({ level: level ?? 'error', event, ...(requestId === undefined ? {} : { requestId }), ...facts }))
}
