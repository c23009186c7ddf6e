import type { Community } from '#web/data/communities.ts'
import { KEPT } from '#web/data/kept-here.ts'

const keyOf = (slug: string) => `${KEPT.lastChannel}${slug}`

/** The channel one read last in a community, kept on this device alone; a browser that keeps nothing starts at the first one. */
export function rememberChannel(slug: string, channelSlug: string) {
  try {
    localStorage.setItem(keyOf(slug), channelSlug)
  } catch {
    // Storage that is full or switched off costs a click at the next visit, no more.
  }
}

function remembered(slug: string): string | null {
  try {
    return localStorage.getItem(keyOf(slug))
  } catch {
    return null
  }
}

export function channelsOf(community: Community) {
  return community.categories.flatMap(({ channels }) => channels)
}

/** Where a community opens: the welcome channel for somebody new, else where they were last. Undefined when there is nothing to read. */
export function openingChannel(community: Community, isNew: boolean) {
  const channels = channelsOf(community)
  const last = isNew ? null : remembered(community.slug)
  return channels.find(({ slug }) => slug === last) ?? channels[0]
}
