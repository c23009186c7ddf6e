import type { Platform } from '#domain/base/enums.ts'

/** Where a buyer goes on after paying: into the community or the guild, at the address that each site has for them. */
export function entrancePath(platform: Platform, slug: string): string {
  return platform === 'STAM' ? `/c/${slug}` : `/communities/${slug}`
}
