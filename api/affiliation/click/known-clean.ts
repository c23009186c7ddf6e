import { findPan } from '#domain/base/pan/pan.ts'

/** The same few browsers and pages send nearly all clicks. Only what holds no card number is remembered. */
const clean = new Set<string>()
const MOST = 2_000

/** Whether a header's value holds no card number, so that it may be kept with the click. */
export function holdsNoPan(value: string | null): boolean {
  if (value === null || clean.has(value)) return true
  if (findPan(value)) return false
  if (clean.size >= MOST) clean.clear()
  clean.add(value)
  return true
}
