import { and, inArray, isNull, sql } from 'drizzle-orm'
import type { BatchItem } from 'drizzle-orm/batch'
import { affiliateAttributions, affiliateLinks, affiliateTrackingEvents } from '#db/schema/all.ts'
import type { AttributionDecision, ClickClaim } from '#domain/affiliation/attribution.ts'
import type { Ctx } from '#api/context.ts'
/** Binds a customer to who brought them, as it was decided: what it replaces ends, and the click that it rests on has a row. */
export function attributionStatements(
  ctx: Ctx,
  customerId: string,
  { bind, replaces }: AttributionDecision,
  claim: ClickClaim | null,
): BatchItem<'pg'>[] {
  const writes: BatchItem<'pg'>[] = bind && claim?.clickId === bind.clickId ? [clickStatement(ctx, claim)] : []
  // An attribution can also end without a successor: somebody who comes back long after their subscription ended was brought by nobody.
  if (replaces.length > 0) {
    writes.push(
      ctx.db
        .update(affiliateAttributions)
        .set({ replacedAt: ctx.now, replacedByEventId: bind?.clickId ?? null })
        .where(and(inArray(affiliateAttributions.id, [...replaces]), isNull(affiliateAttributions.replacedAt))),
    )
  }
  if (!bind) return writes
  const { terms, clickId, linkId, ...rest } = bind
  writes.push(
    ctx.db.insert(affiliateAttributions).values({
      ...rest,
      id: ctx.newId(),
      customerId,
      affiliateTrackingEventId: clickId,
      linkId: linkId === null ? null : knownLink(linkId),
      rateType: terms?.rateType ?? null,
      rate: terms?.rate ?? null,
      includeRenewals: terms?.includeRenewals ?? null,
      createdAt: ctx.now,
    }),
  )
  return writes
}

/** The queue may not have brought this click yet. Its row is made here, without a fingerprint, and the consumer fills it in and counts it. */
function clickStatement(ctx: Ctx, { clickId, affiliateId, productId, clickedAt, expiresAt, linkId: named }: ClickClaim) {
  const linkId = named === null ? null : knownLink(named)
  const event = { id: clickId, clickId, affiliateId, productId, linkId, platform: ctx.platform, expiresAt, createdAt: clickedAt }
  return ctx.db.insert(affiliateTrackingEvents).values(event).onConflictDoNothing({ target: affiliateTrackingEvents.clickId })
}

/** A link that is gone must not stop a sale. */
function knownLink(linkId: string) {
  return sql<string>`(select id from ${affiliateLinks} where id = ${linkId})`
}
