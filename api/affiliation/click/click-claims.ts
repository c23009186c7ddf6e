import * as z from 'zod/mini'

const id = z.string().check(z.regex(/^[\w-]{1,64}$/))

/** What a click proves to the checkout; `iat` and `exp` are seconds since 1970, `exp` the last moment at which it may bind. */
export const ClickClaims = z.object({
  clickId: id,
  affiliateId: id,
  linkId: id,
  /** Absent when the link points at a community's landing page. */
  productId: z.optional(id),
  /** Where the link leads: any product of that community may be what the visitor chooses. */
  communityId: id,
  /** The affiliate's own mark, as given in the link's `sub`. */
  sub: z.optional(z.string().check(z.maxLength(100))),
  iat: z.int(),
  exp: z.int(),
})

export type ClickClaims = z.infer<typeof ClickClaims>
