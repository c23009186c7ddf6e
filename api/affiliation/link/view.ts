import { and, eq, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { affiliateDailyStats, affiliateLinks, communities, products } from '#db/schema/all.ts'
import type { Platform } from '#domain/base/enums.ts'
import type { Days } from '#domain/base/paris.ts'
import type { Ctx } from '#api/context.ts'
import { onDays } from '#api/days.ts'
import { originOf } from '#api/sites.ts'

export const LINK_STATES = ['active', 'paused', 'archived'] as const
type LinkState = (typeof LINK_STATES)[number]

/** The community that a link leads to, its own or its product's. */
export const communityOfLink = eq(communities.id, sql`coalesce(${affiliateLinks.communityId}, ${products.communityId})`)

const s = affiliateDailyStats

/** The figures of a link, on the same days. */
export function statsOfLink(days: Days | null) {
  const ofLink = and(eq(s.affiliateId, affiliateLinks.affiliateId), eq(s.linkId, affiliateLinks.id))
  return days === null ? ofLink : and(ofLink, onDays(s.day, days))
}

/** What a link brought, on some days of Paris, or on all. */
export function linkTotals(days: Days | null) {
  const total = (column: AnyPgColumn) =>
    sql<number>`(select coalesce(sum(${column}), 0) from ${s} where ${statsOfLink(days)})`.mapWith(Number)
  return {
    grossClicks: total(s.grossClicks),
    uniqueClicks: total(s.uniqueClicks),
    filteredClicks: total(s.filteredClicks),
    salesCount: total(s.salesCount),
    salesCents: total(s.salesCents),
    commissionCents: total(s.commissionCents),
  }
}

export const linkColumns = {
  id: affiliateLinks.id,
  code: affiliateLinks.code,
  label: affiliateLinks.label,
  campaign: affiliateLinks.campaign,
  toPath: affiliateLinks.toPath,
  isActive: affiliateLinks.isActive,
  archivedAt: affiliateLinks.archivedAt,
  createdAt: affiliateLinks.createdAt,
  productId: affiliateLinks.productId,
  productName: products.name,
  communityId: communities.id,
  communityName: communities.name,
  platform: communities.platform,
}

export interface LinkRow {
  id: string
  code: string
  label: string | null
  campaign: string | null
  toPath: string | null
  isActive: boolean
  archivedAt: Date | null
  createdAt: Date
  productId: string | null
  productName: string | null
  communityId: string
  communityName: string
  platform: Platform
}

/** A link as its owner sees it. Its address is on the site it leads to, so that a consented cookie is that site's own. */
export function viewLink(ctx: Pick<Ctx, 'config'>, row: LinkRow) {
  const { isActive, ...shown } = row
  return { ...shown, url: `${originOf(ctx.config, row.platform)}/r/${row.code}`, state: stateOf(isActive, row.archivedAt) }
}

function stateOf(isActive: boolean, archivedAt: Date | null): LinkState {
  if (archivedAt) return 'archived'
  return isActive ? 'active' : 'paused'
}
