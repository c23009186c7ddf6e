/** A form with `name[inner]` keys as one flat record; the brackets stay in the names. Repeated names keep their last value. */
export function readForm(body: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(body))
}

/** `metadata[a]=1` → {a: '1'}. */
export function metadataIn(form: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(form).flatMap(([name, value]): [string, string][] => {
      const key = /^metadata\[([^\]]{1,40})\]$/.exec(name)?.[1]
      return key === undefined ? [] : [[key, value]]
    }),
  )
}

/** A whole number of cents above zero, or null. */
export function amountIn(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,8}$/.test(text) && Number(text) > 0 ? Number(text) : null
}

/** `name[0]=a&name[1]=b` → ['a', 'b']. */
export function listIn(form: Record<string, string>, name: string): string[] {
  return Object.entries(form)
    .filter(([key]) => key.startsWith(`${name}[`))
    .map(([, value]) => value)
}

/** `expand[]=a` and `expand[0]=a` → ['a']. */
export function expandIn(fields: Record<string, string> | URLSearchParams): string[] {
  const pairs = fields instanceof URLSearchParams ? [...fields] : Object.entries(fields)
  return pairs.filter(([name]) => /^expand\[\d*\]$/.test(name)).map(([, value]) => value)
}
