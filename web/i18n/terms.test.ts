import { afterEach, expect, test } from 'vitest'
import * as m from './paraglide/messages.js'
import { overwriteGetLocale, type Locale } from './paraglide/runtime.js'

afterEach(() => overwriteGetLocale(() => 'fr'))

/** What a menu says and what stands above the page that it opens: whoever followed the one must know the other again. */
const doors = {
  home: [m.sites_nav_home_ui, m.overview_home_title],
  marketplace: [m.sites_nav_marketplace, m.affiliation_market_title],
  links: [m.sites_nav_links, m.affiliation_links_title],
  commissions: [m.sites_nav_commissions, m.affiliation_own_com_title],
  statement: [m.base_nav_ledger, m.affiliation_ledger_title],
  guild: [m.sites_nav_guild, m.community_chat_communities],
  account: [m.base_account, m.overview_title],
  'account on STAM': [m.sites_nav_account, m.overview_title],
  'sign in': [m.base_sign_in, m.identity_signin_title],
  'how it works': [m.sites_nav_how, m.sites_how_title],
  guilds: [m.sites_nav_guilds, m.sites_guilds_title],
  overview: [m.base_nav_overview, m.overview_title_overview],
  sales: [m.base_nav_sales, m.selling_sales_title],
  'all commissions': [m.base_nav_commissions, m.affiliation_all_com_title],
  products: [m.base_nav_products, m.catalogue_products_title],
  people: [m.base_nav_people, m.identity_people_title],
} as const

const LOCALES: readonly Locale[] = ['fr', 'en']

test.each(LOCALES)('a menu in %s opens pages of the same name', (locale) => {
  overwriteGetLocale(() => locale)
  const drifted = Object.entries(doors).filter(([, [inMenu, onPage]]) => !onPage().startsWith(inMenu()))
  expect(drifted.map(([door, [inMenu, onPage]]) => `${door}: ${inMenu()} / ${onPage()}`)).toEqual([])
})

test('the book of an affiliate’s money has one name in English', () => {
  overwriteGetLocale(() => 'en')
  const names = [m.affiliation_ledger_title, m.affiliation_ledger_none, m.affiliation_com_lines, m.overview_sum_link, m.sites_point_ledger]
  expect(names.map((name) => name()).filter((name) => !/statement/i.test(name))).toEqual([])
})

test('how much was refused agrees with its number in French', () => {
  overwriteGetLocale(() => 'fr')
  const share = (count: number) => m.selling_charges_share({ count, refused: String(count), charges: '200', rate: '1 %' })
  expect([0, 1, 2].map((count) => share(count).split(' sur ')[0])).toEqual(['0 refusé', '1 refusé', '2 refusés'])
})
