import { isbot } from 'isbot'
import type { ReadClick } from './click-message.ts'

/** Why a click does not count, null when it does. */
export function filteredReason(click: Pick<ReadClick, 'isHead' | 'purpose' | 'userAgent'>): string | null {
  if (click.isHead) return 'head'
  if (click.purpose !== null && /prefetch|prerender|preview/i.test(click.purpose)) return 'prefetch'
  return click.userAgent === null || isbot(click.userAgent) ? 'bot' : null
}
