import { queryOptions } from '@tanstack/react-query'
import type { AffiliateCommissionStatus } from '#domain/affiliation/enums.ts'
import type { Platform } from '#domain/base/enums.ts'
import type { UserType } from '#domain/identity/enums.ts'
import type { InvoiceStatus } from '#domain/selling/enums.ts'
import { answer, client } from './client.ts'

export const ROWS_PER_PAGE = 25

type Paged = { page: number; q?: string }
type Direction = 'asc' | 'desc'

/** Page and size as a query string carries them. */
function paged<Asked extends Paged>(asked: Asked) {
  return { ...asked, page: String(asked.page), size: String(ROWS_PER_PAGE) }
}

export const overviewQuery = queryOptions({
  queryKey: ['admin', 'overview'],
  queryFn: () => answer(client.api.admin.overview.$get()),
})

export type Overview = Awaited<ReturnType<NonNullable<typeof overviewQuery.queryFn>>>

export type Decision = Overview['decisions']['rows'][number]
export type Discrepancy = Extract<Decision, { what: 'discrepancy' }>
export type MoneyBack = Extract<Decision, { what: 'money-back' }>

/** A page of what waits, as long as the one that came with the overview. */
export function decisionsQuery(page: number, size: number) {
  return queryOptions({
    queryKey: ['admin', 'decisions', page, size],
    queryFn: () => answer(client.api.admin.decisions.$get({ query: { page: String(page), size: String(size) } })),
    placeholderData: (before) => before,
  })
}

/** The owner has dealt with it; `reason` says how. */
export function resolveDecision({ what, id }: Decision, reason: string) {
  const { discrepancies, 'money-back': moneyBack } = client.api.admin
  const asked = { param: { id }, json: { reason } }
  return answer(what === 'discrepancy' ? discrepancies[':id'].resolve.$post(asked) : moneyBack[':id'].resolve.$post(asked))
}

export type SalesAsked = Paged & { status?: InvoiceStatus; sort?: 'paidAt' | 'amountCents' | 'commissionCents'; direction?: Direction }

export function salesQuery(asked: SalesAsked) {
  return queryOptions({
    queryKey: ['admin', 'sales', asked],
    queryFn: () => answer(client.api.admin.sales.$get({ query: paged(asked) })),
    placeholderData: (before) => before,
  })
}

export type Sale = Awaited<ReturnType<NonNullable<ReturnType<typeof salesQuery>['queryFn']>>>['sales'][number]

export type AllCommissionsAsked = Paged & {
  status?: AffiliateCommissionStatus
  affiliateId?: string
  sort?: 'earnedAt' | 'totalCents' | 'lockedUntil' | 'decideBy'
  direction?: Direction
}

export function allCommissionsQuery(asked: AllCommissionsAsked) {
  return queryOptions({
    queryKey: ['admin', 'commissions', asked],
    queryFn: () => answer(client.api.admin.commissions.$get({ query: paged(asked) })),
    placeholderData: (before) => before,
  })
}

export type AnyCommission = Awaited<ReturnType<NonNullable<ReturnType<typeof allCommissionsQuery>['queryFn']>>>['commissions'][number]

export type PeopleAsked = Paged & {
  platform: Platform
  role?: UserType
  sort?: 'createdAt' | 'lastLoginAt' | 'email'
  direction?: Direction
}

export function peopleQuery(asked: PeopleAsked) {
  return queryOptions({
    queryKey: ['admin', 'people', asked],
    queryFn: () => answer(client.api.admin.people.$get({ query: paged(asked) })),
    placeholderData: (before) => before,
  })
}

export type Person = Awaited<ReturnType<NonNullable<ReturnType<typeof peopleQuery>['queryFn']>>>['people'][number]

export type ProductsAsked = Paged & { state?: 'published' | 'draft' | 'inactive' }

export function productsQuery(asked: ProductsAsked) {
  return queryOptions({
    queryKey: ['admin', 'products', asked],
    queryFn: () => answer(client.api.admin.products.$get({ query: paged(asked) })),
    placeholderData: (before) => before,
  })
}

export type CatalogueProduct = Awaited<ReturnType<NonNullable<ReturnType<typeof productsQuery>['queryFn']>>>['products'][number]
