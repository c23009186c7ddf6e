import * as z from 'zod/mini'

const id = z.string().check(z.regex(/^[0-9a-z]{20,32}$/))

/** What a click proves to the checkout; `iat` and `exp` are seconds since 1970, `exp` the last moment at which it may bind. */
export const ClickClaims = z
  .object({
    clickId: id,
    affiliateId: id,
    linkId: id,
    /** Exactly one of the two is there: what the link points at. */
    productId: z.optional(id),
    communityId: z.optional(id),
    /** The affiliate's own mark, as given in the link's `sub`. */
    sub: z.optional(z.string().check(z.maxLength(100))),
    iat: z.int(),
    exp: z.int(),
  })
  .check(z.refine((claims) => (claims.productId === undefined) !== (claims.communityId === undefined)))

export type ClickClaims = z.infer<typeof ClickClaims>
