import { afterAll, beforeAll, expect, test } from 'vitest'
import { readCardForms } from '#api/adapters/pci-vault/card-forms.ts'
import { LOGIN, openParties, type Parties } from '#dev/stand-ins/shared/payment-parties.ts'
import { makeCardForms } from './card-forms.ts'

let parties: Parties
beforeAll(async () => {
  parties = await openParties()
})
afterAll(() => parties.stop())

const login = () => ({ baseUrl: parties.vault.baseUrl, ...LOGIN })

test('there is one form for each site and language, and making them again changes nothing', async () => {
  parties.vault.vault.forms.clear()
  const list = await makeCardForms(login())
  const made = structuredClone([...parties.vault.vault.forms])
  expect(made).toHaveLength(4)
  expect(await makeCardForms(login())).toBe(list)
  expect([...parties.vault.vault.forms]).toEqual(made)
  const forms = readCardForms(list)
  expect(made.map(([id]) => id).toSorted()).toEqual(Object.values(forms ?? {}).toSorted())
  const french = parties.vault.vault.forms.get(forms?.['STAM.fr'] ?? '')
  expect(french).toMatchObject({
    strip_spaces: true,
    locale: 'fr',
    translations: { fr: { form: { card_number: { label: 'Numéro de carte' } } } },
  })
})

test('a vault that refuses is told of in a sentence without the login', async () => {
  await expect(makeCardForms({ ...login(), password: 'wrong-password' })).rejects.toThrow(
    /^The vault did not make the card form of WEOKTO in fr: it answered 401\.$/,
  )
})
