import type { Platform } from '#domain/base/enums.ts'

/** Where a community is read, and where a buyer goes on after paying: at the address that each site has for its communities or guilds. */
export function communityPath(platform: Platform, slug: string): string {
  return platform === 'STAM' ? `/c/${slug}` : `/communities/${slug}`
}
