import { sql } from 'drizzle-orm'
import { optionalRow, rowReader } from '#db/json-row.ts'
import {
  affiliateAttributions,
  affiliateBoostCodes,
  affiliateBoostRedemptions,
  affiliatePrograms,
  affiliateProfiles,
  checkoutSessions,
  communities,
  customers,
  invoices,
  paymentAttempts,
  plans,
  policies,
  products,
  stamUsers,
  weoktoUsers,
} from '#db/schema/all.ts'
import { DEFAULT_POLICY } from '#domain/base/policy.ts'
import { AppError } from '#domain/error.ts'
import type { InvoiceKind } from '#domain/base/enums.ts'
import type { Told } from '#domain/selling/settlement.ts'
import type { Ctx } from '#api/context.ts'

/**
 * Everything that deciding an answer about one attempt needs, in one round trip and one statement (`load_settlement`). `fingerprint` is what an
 * answer said of the card and no write has kept yet.
 */
export async function loadSettlement({ db, now }: Ctx, attemptId: string, fingerprint: string | null = null) {
  const { rows } = await db.execute<{ found: Found | null }>(
    sql`select load_settlement(${attemptId}, ${fingerprint}::text, ${DEFAULT_POLICY.hold.burstHours}, ${now.toISOString()}::timestamp) as found`,
  )
  const found = rows[0]?.found
  if (!found) throw new AppError('not_found')
  return {
    attempt: read.attempt(found.attempt),
    invoice: read.invoice(found.invoice),
    customer: read.customer(found.customer),
    checkout: read.checkout(found.checkout),
    product: read.product(found.product),
    community: read.community(found.community),
    plan: read.plan(found.plan),
    program: read.program(found.program),
    buyer: read.buyer(found.buyer),
    attributions: found.attributions.map(attributionOf),
    affiliates: found.affiliates.map(affiliateOf),
    policyRow: read.policy(found.policy),
    earlierKinds: found.earlierKinds,
    told: found.told,
  }
}

export type LoadedSettlement = Awaited<ReturnType<typeof loadSettlement>>

const read = {
  attempt: rowReader(paymentAttempts),
  invoice: rowReader(invoices),
  customer: rowReader(customers),
  checkout: optionalRow(rowReader(checkoutSessions)),
  product: rowReader(products),
  community: rowReader(communities),
  plan: rowReader(plans),
  program: optionalRow(rowReader(affiliatePrograms)),
  buyer: rowReader(stamUsers),
  attribution: rowReader(affiliateAttributions),
  user: rowReader(weoktoUsers),
  profile: rowReader(affiliateProfiles),
  redemption: optionalRow(rowReader(affiliateBoostRedemptions)),
  boostCode: optionalRow(rowReader(affiliateBoostCodes)),
  policy: optionalRow(rowReader(policies)),
}

/** What `load_settlement` answers. */
interface Found {
  attempt: unknown
  invoice: unknown
  customer: unknown
  checkout: unknown
  product: unknown
  community: unknown
  plan: unknown
  program: unknown
  buyer: unknown
  attributions: readonly { attribution: unknown; subscriptionStatus: CustomerRow['status']; subscriptionEndsAt: string | null }[]
  affiliates: readonly FoundAffiliate[]
  policy: unknown
  earlierKinds: InvoiceKind[]
  told: Told[]
}

type CustomerRow = typeof customers.$inferSelect

interface FoundAffiliate {
  user: unknown
  profile: unknown
  redemption: unknown
  boostCode: unknown
  facts: { recentSales: number; sameVisitor: boolean; sharedCard: boolean }
}

function attributionOf({ attribution, subscriptionStatus, subscriptionEndsAt }: Found['attributions'][number]) {
  const endsAt = subscriptionEndsAt === null ? null : new Date(`${subscriptionEndsAt}Z`)
  return { attribution: read.attribution(attribution), subscriptionStatus, subscriptionEndsAt: endsAt }
}

function affiliateOf({ user, profile, redemption, boostCode, facts }: FoundAffiliate) {
  // A record of nothing comes as an object of nulls.
  const isRedeemed = typeof redemption === 'object' && redemption !== null && Reflect.get(redemption, 'id') !== null
  return {
    ...read.user(user),
    profile: read.profile(profile),
    redemption: read.redemption(isRedeemed ? redemption : null),
    boostCode: read.boostCode(boostCode),
    ...facts,
  }
}
