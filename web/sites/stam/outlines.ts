import * as m from '#web/i18n/paraglide/messages.js'
import type { Outline, SiteOutlines } from '#web/sites/outline/outline.ts'
import { accountOutline, openOutlines } from '#web/sites/outline/shared-outlines.ts'

/** In the frame of every client: the doors of their communities. */
const doors = '/api/communities'
const community: Outline = { shape: 'chat', asks: [doors, '/api/communities/$slug'] }

export const stamOutlines: SiteOutlines = {
  anyone: {
    ...openOutlines,
    '/': { shape: 'cards', title: m.sites_home_visitor_title, lead: m.sites_home_visitor_lead, asks: ['/api/showcase'] },
  },
  signedIn: {
    '/': { shape: 'list', asks: [doors, '/api/account'] },
    '/account': { ...accountOutline, asks: [doors, ...(accountOutline.asks ?? [])] },
    '/c/$slug': community,
    '/c/$slug/$channelSlug': community,
  },
  doors: () => [],
}
