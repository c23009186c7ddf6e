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
