import { inArray, type Column, type SQL, type SQLWrapper } from 'drizzle-orm'
import { STATUSES_WITH_ACCESS } from '#domain/base/enums.ts'

/** `hasAccess` of the domain in SQL: whether a purchase in this status still opens what it bought. */
export const givesAccess = (status: Column | SQLWrapper): SQL => inArray(status, [...STATUSES_WITH_ACCESS])
