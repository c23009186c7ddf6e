import * as fc from 'fast-check'
import { hostileText, hostileValue } from './hostile.ts'

/** One change to something right: how most wrong requests come about. */
export type Change = { kind: 'replace' | 'add'; at: number; value: unknown } | { kind: 'drop'; at: number } | { kind: 'wrap'; at: number }

export const changes: fc.Arbitrary<Change[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constantFrom('replace', 'add'), at: fc.nat(1_000), value: hostileValue }),
    fc.record({ kind: fc.constant('drop' as const), at: fc.nat(1_000) }),
    fc.record({ kind: fc.constant('wrap' as const), at: fc.nat(1_000) }),
  ),
  { maxLength: 3 },
)

const ADDED = ['__proto__', 'constructor', 'id', 'role', 'userType', 'amountCents', 'extra'] as const

/** What remains of a right body after these changes, made at any depth; without a body to begin with, one of the values itself. */
export function mutate(right: unknown, wrongs: readonly Change[]): unknown {
  if (!isObject(right)) return wrongs.find((change) => 'value' in change)?.value
  return wrongs.reduce<object>(changed, right)
}

function changed(right: object, change: Change): object {
  const entries = Object.entries(right)
  const index = change.at % Math.max(1, entries.length)
  const [key = 'x', value] = entries[index] ?? []
  const inside = { ...change, at: Math.floor(change.at / Math.max(1, entries.length)) }
  const goesDeeper = inside.at % 2 === 1
  const written = typeof value === 'string' && value.startsWith('{') ? jsonOrNull(value) : null
  if (goesDeeper && isObject(value)) entries[index] = [key, changed(value, inside)]
  else if (goesDeeper && isObject(written)) entries[index] = [key, JSON.stringify(changed(written, inside))]
  else if (change.kind === 'replace') entries[index] = [key, change.value]
  else if (change.kind === 'wrap') entries[index] = [key, [value]]
  else if (change.kind === 'drop') entries.splice(index, 1)
  else entries.push([ADDED[change.at % ADDED.length] ?? 'extra', change.value])
  // Not an object literal's way: "__proto__" shall be a key like any other.
  const result: Record<string, unknown> = Object.create(null)
  for (const [name, inner] of entries) result[name] = inner
  return result
}

/** The same body once for each of its leaves, that one replaced; texts that hold JSON are opened. */
export function replacedOneByOne(right: object, value: unknown): object[] {
  return Object.entries(right).flatMap(([key, inner]) =>
    insides(inner, value).map((changedInner) => Object.assign({}, right, { [key]: changedInner })),
  )
}

function insides(inner: unknown, value: unknown): unknown[] {
  const written = typeof inner === 'string' && inner.startsWith('{') ? jsonOrNull(inner) : null
  if (isObject(written)) return replacedOneByOne(written, value).map((one) => JSON.stringify(one))
  if (Array.isArray(inner)) return inner.flatMap((item) => insides(item, value)).map((one) => [one])
  return isObject(inner) ? replacedOneByOne(inner, value) : [value]
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
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
