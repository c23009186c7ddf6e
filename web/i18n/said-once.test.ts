import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const folder = join(import.meta.dirname, '../../domain/messages')

/** The samples of the style guide show what a thing looks like; another word there changes nothing that anybody is told. */
const SAMPLES = 'styleguide.json'

/**
 * What only happens to be spelt alike. Each line says why one of its keys may be worded anew without the others; whatever else says the same in
 * both languages is one word of the business, and has one key on the first shelf that says it.
 */
const APART: readonly { keys: readonly string[]; why: string }[] = [
  { keys: ['affiliation_commissions', 'sites_nav_how'], why: 'the list of them; the door to the page that explains them' },
  { keys: ['affiliation_com_kind', 'selling_checkout_invoice'], why: 'which kind of invoice it is; its number' },
  {
    keys: ['affiliation_com_no_boost', 'selling_charges_nothing', 'selling_next_none'],
    why: 'French agrees with what there is none of: a boost, a try, a charge',
  },
  {
    keys: ['affiliation_profile_no_guild', 'overview_debt_none', 'selling_no_commission'],
    why: 'French agrees with what there is none of: a guild, a debt, a commission',
  },
  {
    keys: ['affiliation_links_active', 'catalogue_button_active', 'purchase_status_active'],
    why: 'French agrees with what is active: a link, a button, a purchase',
  },
  { keys: ['base_close', 'identity_session_close'], why: 'shuts a window of the screen; ends a session elsewhere' },
  { keys: ['catalogue_products_draft', 'invoice_status_draft'], why: 'not yet published; not yet ordered' },
  { keys: ['catalogue_products', 'role_product_manager'], why: 'the products; who looks after them' },
  { keys: ['commission_status_clawed_back', 'selling_clawed'], why: 'a state, in French a participle; a sum, in French a noun' },
  { keys: ['selling_card', 'selling_checkout_step_card'], why: 'the card that pays; the step at which it is given' },
  { keys: ['sites_nav', 'ledger_account_platform'], why: 'the site, in the name of its menu; the account of what the platform keeps' },
  {
    keys: ['ledger_account_reserved', 'ledger_entry_withdrawal_requested'],
    why: 'an account, where the money waits; an entry, which put it there',
  },
]

const areas = readdirSync(join(folder, 'fr'))

const read = (locale: string, area: string): Record<string, unknown> => JSON.parse(readFileSync(join(folder, locale, area), 'utf8'))

/** Keys that say the same in both languages, two or more together, in the order of the alphabet. */
function twins(files: readonly string[]): string[] {
  const keysOf = new Map<string, string[]>()
  for (const area of files) {
    const [fr, en] = [read('fr', area), read('en', area)]
    for (const key of Object.keys(fr)) {
      const said = JSON.stringify([fr[key], en[key]])
      keysOf.set(said, [...(keysOf.get(said) ?? []), key])
    }
  }
  const several = [...keysOf.values()].filter((keys) => keys.length > 1)
  return several.map((keys) => keys.toSorted().join(' = ')).toSorted()
}

test('what is one word of the business has one key; what is only spelt alike is listed with its reason', () => {
  const listed = APART.map(({ keys }) => keys.toSorted().join(' = ')).toSorted()
  expect(twins(areas.filter((area) => area !== SAMPLES))).toEqual(listed)
})

test('the samples of the style guide have one key each, too', () => {
  expect(twins([SAMPLES])).toEqual([])
})
