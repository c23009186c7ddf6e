import { afterEach, expect, test } from 'vitest'
import * as m from './paraglide/messages.js'
import { overwriteGetLocale, type Locale } from './paraglide/runtime.js'

afterEach(() => overwriteGetLocale(() => 'fr'))

/** What a menu says and what stands above the page that it opens: whoever followed the one must know the other again. */
const doors = {
  home: [m.ui_nav_home, m.affiliate_home_title],
  marketplace: [m.ui_nav_marketplace, m.affiliate_market_title],
  links: [m.ui_nav_links, m.affiliate_links_title],
  commissions: [m.ui_nav_commissions, m.affiliate_com_title],
  statement: [m.ui_nav_ledger, m.affiliate_ledger_title],
  guild: [m.ui_nav_guild, m.chat_communities],
  account: [m.ui_account, m.account_title],
  'account on STAM': [m.ui_nav_account, m.account_title],
  'sign in': [m.ui_sign_in, m.signin_title],
  'how it works': [m.public_nav_how, m.public_how_title],
  guilds: [m.public_nav_guilds, m.public_guilds_title],
  overview: [m.admin_nav_overview, m.admin_overview_title],
  sales: [m.admin_nav_sales, m.admin_sales_title],
  'all commissions': [m.admin_nav_commissions, m.admin_com_title],
  products: [m.admin_nav_products, m.admin_products_title],
  people: [m.admin_nav_people, m.admin_people_title],
} as const

const LOCALES: readonly Locale[] = ['fr', 'en']

test.each(LOCALES)('a menu in %s opens pages of the same name', (locale) => {
  overwriteGetLocale(() => locale)
  const drifted = Object.entries(doors).filter(([, [inMenu, onPage]]) => !onPage().startsWith(inMenu()))
  expect(drifted.map(([door, [inMenu, onPage]]) => `${door}: ${inMenu()} / ${onPage()}`)).toEqual([])
})

test('the book of an affiliate’s money has one name in English', () => {
  overwriteGetLocale(() => 'en')
  const names = [m.affiliate_ledger_title, m.affiliate_ledger_none, m.affiliate_com_lines, m.affiliate_sum_link, m.public_point_ledger]
  expect(names.map((name) => name()).filter((name) => !/statement/i.test(name))).toEqual([])
})

test('how much was refused agrees with its number in French', () => {
  overwriteGetLocale(() => 'fr')
  const share = (count: number) => m.admin_charges_share({ count, refused: String(count), charges: '200', rate: '1 %' })
  expect([0, 1, 2].map((count) => share(count).split(' sur ')[0])).toEqual(['0 refusé', '1 refusé', '2 refusés'])
})
