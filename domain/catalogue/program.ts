import type { Platform } from '#domain/base/enums.ts'
import type { PublicPolicy } from '#domain/base/public-policy.ts'

/**
 * Whether products of this site may pay affiliates at all: those of a guild only where the policy says so, because French law on pyramid selling may
 * forbid it. A sale asks it before it pays, and whatever offers a programme asks it before it promises.
 */
export function sitePays(platform: Platform, policy: Pick<PublicPolicy, 'switches'>): boolean {
  return platform === 'STAM' || policy.switches.guildPrograms
}
