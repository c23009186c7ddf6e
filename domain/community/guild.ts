import type { Policy } from '#domain/base/policy.ts'
import { addDays } from '#domain/base/time.ts'
import { AppError } from '#domain/error.ts'

/** @waitsFor joining and changing guild */
export const ADULT_YEARS = 18

export type GuildState = {
  readonly currentGuildId: string | null
  /** The last change from one guild to another; the first choice is none. */
  readonly lastGuildChangeAt: Date | null
}

/**
 * From when this affiliate may change guild; null when they may at once.
 *
 * @waitsFor joining and changing guild
 */
export function guildChangeAllowedAt({ lastGuildChangeAt }: GuildState, policy: Policy, now: Date): Date | null {
  if (lastGuildChangeAt === null) return null
  const allowedAt = addDays(lastGuildChangeAt, policy.guild.changeEveryDays)
  return now < allowedAt ? allowedAt : null
}

export type GuildChange = { readonly currentGuildId: string; readonly guildJoinedAt: Date; readonly lastGuildChangeAt: Date | null }

/**
 * Joining or changing guild: at most once per 30 days; sales made before stay with the old one. Throws AppError `guild_change_too_soon`, or `conflict` when they are in it already.
 *
 * @waitsFor joining and changing guild
 */
export function decideGuildChange(state: GuildState, guildId: string, policy: Policy, now: Date): GuildChange {
  if (state.currentGuildId === guildId) throw new AppError('conflict')
  if (state.currentGuildId === null) return { currentGuildId: guildId, guildJoinedAt: now, lastGuildChangeAt: state.lastGuildChangeAt }
  if (guildChangeAllowedAt(state, policy, now) !== null) throw new AppError('guild_change_too_soon')
  return { currentGuildId: guildId, guildJoinedAt: now, lastGuildChangeAt: now }
}

/**
 * Whether somebody born on this calendar day ("2008-02-29") is 18 or over at `now`, by the UTC day. Throws RangeError for no such day.
 *
 * @waitsFor joining and changing guild
 */
export function isAdult(birthDay: string, now: Date): boolean {
  const born = new Date(`${birthDay}T00:00:00Z`)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(birthDay) || Number.isNaN(born.getTime()) || born.toISOString().slice(0, 10) !== birthDay)
    throw new RangeError(`no such day: ${birthDay}`)
  // The 29th of February becomes the 1st of March in a year that has none.
  return now.getTime() >= Date.UTC(born.getUTCFullYear() + ADULT_YEARS, born.getUTCMonth(), born.getUTCDate())
}
