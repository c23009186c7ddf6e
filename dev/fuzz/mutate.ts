import * as fc from 'fast-check'
import { hostileText, hostileValue } from './hostile.ts'

/** One change to something right: how most wrong requests come about. */
export type Change = { kind: 'replace' | 'add'; at: number; value: unknown } | { kind: 'drop'; at: number } | { kind: 'wrap'; at: number }

export const changes: fc.Arbitrary<Change[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constantFrom('replace', 'add'), at: fc.nat(20), value: hostileValue }),
    fc.record({ kind: fc.constant('drop' as const), at: fc.nat(20) }),
    fc.record({ kind: fc.constant('wrap' as const), at: fc.nat(20) }),
  ),
  { maxLength: 3 },
)

const ADDED = ['__proto__', 'constructor', 'id', 'role', 'userType', 'amountCents', 'extra'] as const

/** What remains of a right body after these changes; without a body to begin with, the values themselves. */
export function mutate(right: unknown, wrongs: readonly Change[]): unknown {
  if (typeof right !== 'object' || right === null) return wrongs.find((change) => 'value' in change)?.value
  const entries = Object.entries(right)
  for (const change of wrongs) {
    const index = change.at % Math.max(1, entries.length)
    const [key = 'x', value] = entries[index] ?? []
    if (change.kind === 'replace') entries[index] = [key, change.value]
    else if (change.kind === 'wrap') entries[index] = [key, [value]]
    else if (change.kind === 'drop') entries.splice(index, 1)
    else entries.push([ADDED[change.at % ADDED.length] ?? 'extra', change.value])
  }
  // Not an object literal's way: "__proto__" shall be a key like any other.
  const changed: Record<string, unknown> = Object.create(null)
  for (const [key, value] of entries) changed[key] = value
  return changed
}

/** Texts in place of right ones, for parameters of a path or a query. */
export const textChanges: fc.Arbitrary<{ at: number; value: string }[]> = fc.array(fc.record({ at: fc.nat(10), value: hostileText }), {
  maxLength: 2,
})

export function mutateTexts(right: Record<string, string>, wrongs: readonly { at: number; value: string }[]): Record<string, string> {
  const entries = Object.entries(right)
  for (const { at, value } of wrongs) {
    if (entries.length > 0) entries[at % entries.length] = [entries[at % entries.length]?.[0] ?? 'x', value]
    else entries.push(['q', value])
  }
  return Object.fromEntries(entries)
}
