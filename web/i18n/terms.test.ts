import { afterEach, expect, test } from 'vitest'
import * as m from './paraglide/messages.js'
import { overwriteGetLocale } from './paraglide/runtime.js'

afterEach(() => overwriteGetLocale(() => 'fr'))

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
