const MONEY_KEY =
  /(?:cents|amounts?|price|prices|fee|fees|balance|revenue|turnover|earnings|euros|pearls?)$|^(?:rate|currency|amount|price|revenue|debt|owed)/i
const MONEY_TEXT = /\d\s?€|€\s?\d|\bEUR\b/

/** Paths of everything in a JSON value that tells money, by its key or by its words. */
export function moneyIn(value: unknown, path = ''): string[] {
  if (typeof value === 'string') return MONEY_TEXT.test(value) ? [path] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const here = `${path}.${key}`
    return MONEY_KEY.test(key) ? [here] : moneyIn(inner, here)
  })
}
