import * as m from '#web/i18n/paraglide/messages.js'
import type { Outline, SiteOutlines } from '#web/sites/outline/outline.ts'
import { accountOutline, openOutlines } from '#web/sites/outline/shared-outlines.ts'
import { doorsOf } from './navigation.ts'

const home: Outline = { shape: 'figures', title: m.overview_home_title, asks: ['/api/affiliate/home'] }
const guild: Outline = { shape: 'chat', asks: ['/api/communities/$slug'] }

export const weoktoOutlines: SiteOutlines = {
  anyone: {
    ...openOutlines,
    '/': { shape: 'text', title: m.sites_landing_title, lead: m.sites_landing_lead },
    '/how': { shape: 'text', title: m.sites_how_title, lead: m.sites_how_lead },
    '/guilds': { shape: 'cards', title: m.sites_guilds_title, lead: m.sites_guilds_lead, asks: ['/api/guilds'] },
  },
  signedIn: {
    // Where it leads depends on the role, which is not known yet; for most it is this one.
    '/': { ...home, asks: [], leadsTo: '/home' },
    '/home': home,
    '/marketplace': { shape: 'cards', title: m.affiliation_market_title, lead: m.affiliation_market_lead, asks: ['/api/marketplace'] },
    '/links': { shape: 'list', title: m.affiliation_links_title, lead: m.affiliation_links_lead, asks: ['/api/links?page=1&size=20'] },
    '/commissions': {
      shape: 'list',
      title: m.affiliation_own_com_title,
      lead: m.affiliation_own_com_lead,
      asks: ['/api/affiliate/commissions?page=1&sort=earnedAt&direction=desc&size=20', '/api/marketplace'],
    },
    '/commissions/$id': { shape: 'list', asks: ['/api/affiliate/commissions/$id'] },
    '/ledger': {
      shape: 'list',
      title: m.affiliation_ledger_title,
      lead: m.affiliation_ledger_lead,
      asks: ['/api/affiliate/ledger?size=25'],
    },
    '/communities': { shape: 'cards', title: m.community_chat_communities, asks: ['/api/communities'] },
    '/communities/$slug': guild,
    '/communities/$slug/$channelId': guild,
    '/account': accountOutline,
    '/admin': { shape: 'figures', frame: 'office', title: m.overview_title_overview, lead: m.overview_lead, asks: ['/api/admin/overview'] },
    '/admin/sales': { shape: 'list', frame: 'office', title: m.selling_sales_title, lead: m.selling_sales_lead },
    '/admin/commissions': { shape: 'list', frame: 'office', title: m.affiliation_all_com_title, lead: m.affiliation_all_com_lead },
    '/admin/people': { shape: 'list', frame: 'office', title: m.identity_people_title, lead: m.identity_people_lead },
    '/admin/affiliates/$id': { shape: 'list', frame: 'office', asks: ['/api/admin/affiliates/$id', '/api/admin/affiliates/$id/note'] },
    '/admin/products': { shape: 'list', frame: 'office', title: m.catalogue_products_title, lead: m.catalogue_products_lead },
  },
  doors: () => doorsOf('AFFILIATE'),
}
