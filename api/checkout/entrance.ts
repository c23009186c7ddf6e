import type { Platform } from '#domain/enums.ts'

/** Where a buyer goes on after paying: into the community; on WEOKTO to the account that shows the tier. */
export function entrancePath(platform: Platform, slug: string): string {
  return platform === 'STAM' ? `/c/${slug}` : '/account'
}
