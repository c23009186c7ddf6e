/** `validateSearch: anySearch`: the page reads its own keys and drops none that it does not know. */
export function anySearch(search: Record<string, unknown>): Record<string, unknown> {
  return search
}

/** One text key of a URL's search part; undefined when it is absent or not a text. */
export function textOf(search: Readonly<Record<string, unknown>>, key: string): string | undefined {
  const value = search[key]
  return typeof value === 'string' && value !== '' ? value : undefined
}
