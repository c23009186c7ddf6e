/**
 * Form encoding with `name[inner]` keys. Values are encoded, so text of ours can never contain a template field; `card`
 * is the one part that is written raw, with the vault's placeholders.
 */
export function formBody(fields: Record<string, string | undefined>, card: Record<string, string> = {}): string {
  const pairs = Object.entries(fields)
    .filter((pair): pair is [string, string] => pair[1] !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  return [...pairs, ...Object.entries(card).map(([name, field]) => `${name}={{${field}}}`)].join('&')
}

/** `{attemptId: 'a'}` under "metadata" becomes `{'metadata[attemptId]': 'a'}`. */
export function nested(name: string, values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [`${name}[${key}]`, value]))
}

/** The metadata of an object as read back: its text values; anything else is as good as absent. */
export function textValues(given: unknown): Record<string, string> {
  if (typeof given !== 'object' || given === null) return {}
  return Object.fromEntries(Object.entries(given).filter((pair): pair is [string, string] => typeof pair[1] === 'string'))
}
