import { KEPT } from './kept-here.ts'

let era = 0

/** Goes up each time everything is forgotten: what somebody wrote before that is not written down again by a page that still stands. */
export const keptEra = (): number => era

/** Somebody left, here or elsewhere: what they wrote and did not send, and where they were, goes with them. */
export function forgetKept(): void {
  era += 1
  try {
    const keys = Array.from({ length: localStorage.length }, (_, at) => localStorage.key(at) ?? '')
    for (const key of keys) if (Object.values(KEPT).some((prefix) => key.startsWith(prefix))) localStorage.removeItem(key)
  } catch {
    // A browser that refuses its storage has kept nothing.
  }
}
