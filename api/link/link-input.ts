import * as z from 'zod/mini'
import { safePath } from '#domain/origin.ts'
import { line } from '#domain/text.ts'

const id = z.string().check(z.regex(/^[a-z0-9]{20,32}$/))
const label = line(80)
const campaign = line(100)
/** Rewritten as a browser would read it, so that what is stored is where one lands. */
const path = z.string().check(z.maxLength(500), z.refine((value) => safePath(value) !== null), z.overwrite((value) => safePath(value) ?? '/'))

export const CreateLink = z
  .object({
    /** One of the two: a tier, or a community's landing page. */
    productId: z.optional(id),
    communityId: z.optional(id),
    label: z.optional(label),
    campaign: z.optional(campaign),
    toPath: z.optional(path),
  })
  .check(z.refine((input) => (input.productId === undefined) !== (input.communityId === undefined), { path: ['productId'] }))

/** What is absent stays; null empties. */
export const ChangeLink = z.object({
  label: z.optional(z.nullable(label)),
  campaign: z.optional(z.nullable(campaign)),
  toPath: z.optional(z.nullable(path)),
  state: z.optional(z.enum(['active', 'paused', 'archived'])),
})

export type CreateLink = z.infer<typeof CreateLink>
export type ChangeLink = z.infer<typeof ChangeLink>

export const LINK_STATES = ['active', 'paused', 'archived'] as const
export type LinkState = (typeof LINK_STATES)[number]

export const LINK_SORTS = ['newest', 'clicks', 'sales', 'commission'] as const

export const ListLinks = z.object({
  /** Archived links are shown only when asked for. */
  state: z.optional(z.enum(LINK_STATES)),
  sort: z._default(z.enum(LINK_SORTS), 'newest'),
  page: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(10_000)), 1),
  size: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(100)), 25),
})

export type ListLinks = z.infer<typeof ListLinks>
