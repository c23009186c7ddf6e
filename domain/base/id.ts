import * as z from 'zod/mini'

/**
 * The name of a row as anybody may bring it: in an address, a filter, a body, a provider's message. Wider than what `newId` makes (24 characters of
 * a cuid2), because rows of the owner's older database keep theirs.
 */
export const Id = z.string().check(z.regex(/^[a-z0-9]{20,32}$/))

export function isId(text: unknown): text is string {
  return Id.safeParse(text).success
}
