import type * as z from 'zod/mini'
import { DEFAULT_POLICY, outOfOrder, policySchema, type Policy } from './policy.ts'

export type StoredPolicy = {
  readonly policy: Policy
  /** What was stored and could not be used, by its path. */
  readonly ignored: readonly string[]
}

/** Single values, then thresholds out of order, then nothing: what is put back is a default, and those are in order. */
const READINGS = 3

/**
 * Reads a version of the policy as it was stored, which no release may find unreadable (business rules, policy): it is merged over the defaults key
 * by key. A country that the stored tax table does not name has its default rate; a list counts as a whole. A key that is not known here and a value
 * out of its limits are left out and named, and the default stands in. Never throws: no version, however damaged, stops a sale.
 */
export function readPolicy(stored: unknown): StoredPolicy {
  const ignored: string[] = []
  let draft = mergedOver(DEFAULT_POLICY, renamed(stored))
  for (let readings = 0; readings < READINGS; readings++) {
    const result = policySchema.safeParse(draft)
    const wrong = result.success ? Object.keys(outOfOrder(result.data)).map((group) => [group]) : result.error.issues.flatMap(pathsOf)
    if (result.success && wrong.length === 0) return { policy: result.data, ignored }
    for (const path of wrong) {
      draft = withDefault(draft, DEFAULT_POLICY, path)
      ignored.push(path.join('.') || 'all of it')
    }
  }
  return { policy: DEFAULT_POLICY, ignored: [...ignored, 'all of it'] }
}

/** Keys that have another name since they were first stored, by their group. A version is never written anew, so both names are read. */
const RENAMED: Readonly<Record<string, Readonly<Record<string, string>>>> = { refund: { withdrawalDays: 'coolingOffDays' } }

function renamed(stored: unknown): unknown {
  if (!isGroup(stored)) return stored
  const groups = Object.entries(RENAMED).filter(([group]) => isGroup(ownOf(stored, group)))
  return { ...stored, ...Object.fromEntries(groups.map(([group, names]) => [group, withNames(ownOf(stored, group), names)])) }
}

function withNames(group: unknown, names: Readonly<Record<string, string>>): unknown {
  if (!isGroup(group)) return group
  const nameOf = (key: string): string => (Object.hasOwn(names, key) ? (names[key] ?? key) : key)
  const kept = Object.entries(group).filter(([key]) => nameOf(key) === key || !Object.hasOwn(group, nameOf(key)))
  return Object.fromEntries(kept.map(([key, value]) => [nameOf(key), value]))
}

type Path = readonly PropertyKey[]

/** Unknown keys are told together, at the object that has them. */
function pathsOf(issue: z.core.$ZodIssue): Path[] {
  return issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path]
}

function isGroup(value: unknown): value is Readonly<Record<PropertyKey, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function mergedOver(fallback: unknown, stored: unknown): unknown {
  if (stored === undefined) return fallback
  if (!isGroup(fallback) || !isGroup(stored)) return stored
  const keys = new Set([...Object.keys(fallback), ...Object.keys(stored)])
  return Object.fromEntries([...keys].map((key) => [key, mergedOver(ownOf(fallback, key), ownOf(stored, key))]))
}

/** `draft` with the default at `path`, or without that key where there is none. A list is put back as a whole. */
function withDefault(draft: unknown, fallback: unknown, [key, ...rest]: Path): unknown {
  if (key === undefined || !isGroup(draft) || !isGroup(fallback)) return fallback
  if (!Object.hasOwn(fallback, key)) return Object.fromEntries(Object.entries(draft).filter(([own]) => own !== key))
  return { ...draft, [key]: withDefault(ownOf(draft, key), fallback[key], rest) }
}

function ownOf(group: Readonly<Record<PropertyKey, unknown>>, key: PropertyKey): unknown {
  return Object.hasOwn(group, key) ? group[key] : undefined
}
