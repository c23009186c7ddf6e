/** Deeper than any message of ours; what lies below is left out, because a text of brackets alone would exhaust whoever walks through it. */
const MOST_DEPTH = 40

/** A JSON value as the database takes it: it knows no NUL and no half characters. Everything else stays as it came. */
export function storable(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return wellFormed(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth >= MOST_DEPTH) return null
  if (Array.isArray(value)) return value.map((inner) => storable(inner, depth + 1))
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [wellFormed(key), storable(inner, depth + 1)]))
}

function wellFormed(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD')
}
