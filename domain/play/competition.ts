import * as z from 'zod/mini'
import { addCalendarDays, parisDay, startOfParisDay, weekdayOf } from '#domain/base/paris.ts'
import type { Policy } from '#domain/base/policy.ts'
import { addDays } from '#domain/base/time.ts'

/** From `startDate` on and before `endDate`. */
export type Window = { readonly startDate: Date; readonly endDate: Date }

/**
 * The week in Paris that an instant lies in: Monday 00:00 to the next.
 *
 * @waitsFor competitions
 */
export function weekWindow(at: Date): Window {
  const today = parisDay(at)
  const monday = addCalendarDays(today, 1 - weekdayOf(today))
  return { startDate: startOfParisDay(monday), endDate: startOfParisDay(addCalendarDays(monday, 7)) }
}

/**
 * The month in Paris that an instant lies in: the 1st at 00:00 to the next 1st.
 *
 * @waitsFor competitions
 */
export function monthWindow(at: Date): Window {
  const first = `${parisDay(at).slice(0, 7)}-01`
  const next = `${addCalendarDays(first, 31).slice(0, 7)}-01`
  return { startDate: startOfParisDay(first), endDate: startOfParisDay(next) }
}

/**
 * Whether something at `at` falls within a competition.
 *
 * @waitsFor competitions
 */
export function isWithin(window: Window, at: Date): boolean {
  return window.startDate <= at && at < window.endDate
}

/**
 * When the board no longer changes: refunds until then count, later ones never.
 *
 * @waitsFor competitions
 */
export function boardFinalAt(endDate: Date, policy: Policy): Date {
  return addDays(endDate, policy.competition.finalAfterDays)
}

/**
 * Whether a refund at `refundedAt` still lowers the board of a competition in whose window the sale was.
 *
 * @waitsFor competitions
 */
export function refundCounts(endDate: Date, refundedAt: Date, policy: Policy): boolean {
  return refundedAt < boardFinalAt(endDate, policy)
}

export type BoardEntry = {
  readonly id: string
  /** Tax-included cents kept. */
  readonly totalSales: number
  /** Sales that were not fully refunded. */
  readonly salesCount: number
  /** When the entry came to its present total: who got there first stands higher. */
  readonly reachedAt: Date
}

/**
 * Negative when `one` stands above `other`: by total, then number of sales, then who got there first; the id settles what nothing else does.
 *
 * @waitsFor competitions
 */
export function compareEntries(one: BoardEntry, other: BoardEntry): number {
  if (one.totalSales !== other.totalSales) return other.totalSales - one.totalSales
  if (one.salesCount !== other.salesCount) return other.salesCount - one.salesCount
  return one.reachedAt.getTime() - other.reachedAt.getTime() || (one.id < other.id ? -1 : 1)
}

/**
 * Entries in their order with ranks 1, 2, 3 …; an entry that kept no sale has no rank.
 *
 * @waitsFor competitions
 */
export function rankBoard<Entry extends BoardEntry>(entries: readonly Entry[]): (Entry & { readonly rank: number | null })[] {
  const sorted = entries.toSorted(compareEntries)
  return sorted.map((entry, index) => Object.assign({}, entry, { rank: entry.salesCount > 0 ? index + 1 : null }))
}

/**
 * `{ "1": "10000_pearls", "2": "trip_bali" }`: a rank and what it wins.
 *
 * @waitsFor competitions
 */
export const Rewards = z.record(z.string().check(z.regex(/^[1-9]\d{0,2}$/)), z.string().check(z.regex(/^[a-z0-9_]{1,60}$/)))

export type Reward = { readonly kind: 'pearls'; readonly pearls: number } | { readonly kind: 'prize'; readonly prize: string }

/**
 * What a rank wins; null for nothing. Pearls are paid by claiming, any other prize opens a task for the owner.
 *
 * @waitsFor competitions
 */
export function rewardOf(rewards: Readonly<Record<string, string>>, rank: number): Reward | null {
  const text = Object.hasOwn(rewards, String(rank)) ? rewards[String(rank)] : undefined
  if (text === undefined) return null
  const pearls = /^(\d{1,9})_pearls$/.exec(text)?.[1]
  return pearls === undefined ? { kind: 'prize', prize: text } : { kind: 'pearls', pearls: Number(pearls) }
}
