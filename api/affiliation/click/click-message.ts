import * as z from 'zod/mini'
import { FILTERED_REASONS } from '#domain/affiliation/link.ts'
import { PLATFORMS } from '#domain/base/enums.ts'
import { findPan } from '#domain/base/pan/pan.ts'

const id = z.string().check(z.regex(/^[\w-]{1,64}$/))
const instant = z.int().check(z.gte(0), z.lte(8_640_000_000_000))

/** Text from a stranger: bounded, without what PostgreSQL cannot hold, and dropped whole when it hides a card number. */
const text = (most: number) =>
  z.pipe(
    z.nullable(z.string()),
    z.transform((value: string | null) => storable(value, most)),
  )

/** One click as it travels through the queue: everything that will be written but the hash of network and browser, which the consumer makes. */
export const ClickMessage = z.object({
  clickId: id,
  linkId: id,
  affiliateId: id,
  productId: z.nullable(id),
  platform: z.enum(PLATFORMS),
  clickedAt: instant,
  expiresAt: instant,
  filteredReason: z.nullable(z.enum(FILTERED_REASONS)),
  campaign: text(120),
  source: text(120),
  medium: text(120),
  subId: text(100),
  utm: z.nullable(z.record(z.string().check(z.regex(/^utm_[a-z]{1,20}$/)), text(120))),
  landingPath: text(300),
  referrer: text(300),
  /** Truncated to the network before it gets here. */
  ip: text(60),
  country: text(2),
  city: text(100),
  userAgent: text(400),
})

export type ClickMessage = z.input<typeof ClickMessage>
export type ReadClick = z.output<typeof ClickMessage>

function storable(value: string | null, most: number): string | null {
  if (value === null) return null
  // Cut first: a cut can halve a surrogate pair, which `toWellFormed` then mends. PostgreSQL refuses a NUL in text and in jsonb.
  const clean = value
    .slice(0, most)
    .toWellFormed()
    .replaceAll(/\p{Cc}/gu, ' ')
    .trim()
  return clean === '' || findPan(clean) ? null : clean
}
