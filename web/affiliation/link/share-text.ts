import * as m from '#web/i18n/paraglide/messages.js'

/** The link's address with a sub id, which is read on the click and shown in the statistics. */
export function addressWith(url: string, sub: string): string {
  if (sub.trim() === '') return url
  const address = new URL(url)
  address.searchParams.set('sub', sub.trim())
  return address.href
}

/** A recommendation that is paid for says so first (article 5 of the French law of 9 June 2023 on commercial influence). */
export function shareText(name: string, url: string): string {
  return m.affiliation_share_sample({ name, url })
}

export function announcesAd(text: string): boolean {
  return /^\s*publicité/i.test(text)
}
