import { or, sql, type AnyColumn, type SQL } from 'drizzle-orm'
import * as z from 'zod/mini'
import { cleanLine } from '#domain/base/text.ts'

/** What somebody types to find a person or an invoice. */
export const searchText = z.string().check(z.maxLength(100), z.overwrite(cleanLine))

/** Rows of which one column holds the text, whatever its case; undefined, which filters nothing, for an empty text. */
export function holdsText(text: string | undefined, columns: readonly AnyColumn[]): SQL | undefined {
  if (!text) return undefined
  // In LIKE these three mean something else than themselves.
  const pattern = `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  return or(...columns.map((column) => sql`${column}::text ilike ${pattern}`))
}
