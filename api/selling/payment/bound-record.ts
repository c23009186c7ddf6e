import { jsonRow } from '#db/json-row.ts'
import { affiliateAttributions, affiliateTrackingEvents } from '#db/schema/all.ts'
import type { AttributionDecision, ClickClaim } from '#domain/affiliation/attribution.ts'
import type { Ctx } from '#api/context.ts'

/** What `bind_attribution` writes: the click that the new attribution rests on, what it replaces, and itself. */
export function boundRecord(ctx: Ctx, customerId: string, { bind, replaces }: AttributionDecision, claim: ClickClaim | null) {
  const click = bind && claim?.clickId === bind.clickId ? clickRow(ctx, claim) : undefined
  return { click, replaces, byEventId: bind?.clickId ?? null, bind: bind ? attributionRow(ctx, customerId, bind) : undefined }
}

function clickRow({ platform }: Ctx, { clickId, affiliateId, productId, linkId, clickedAt, expiresAt }: ClickClaim) {
  return jsonRow(affiliateTrackingEvents, {
    id: clickId,
    clickId,
    affiliateId,
    productId,
    linkId,
    platform,
    expiresAt,
    createdAt: clickedAt,
  })
}

function attributionRow({ newId }: Ctx, customerId: string, { terms, clickId, ...rest }: NonNullable<AttributionDecision['bind']>) {
  const { rateType = null, rate = null, includeRenewals = null } = terms ?? {}
  const on = { id: newId(), customerId, affiliateTrackingEventId: clickId }
  return jsonRow(affiliateAttributions, { ...rest, ...on, rateType, rate, includeRenewals })
}
