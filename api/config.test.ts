import { expect, test } from 'vitest'
import { testServices } from '#dev/testing/services.ts'

const NOWHERE = { databaseUrl: 'postgres://a:b@nowhere.test/c', httpEndpoint: 'http://nowhere.test' }

test.each(['STAM <bonjour@be-stam.com>', 'bonjour@be-stam.com', 'S & T, Paris <a.b@mail.be-stam.com>'])(
  'mails may come from %s',
  (from) => {
    expect(testServices(NOWHERE, { EMAIL_FROM_STAM: from }).config.EMAIL_FROM_STAM).toBe(from)
  },
)

test.each([
  '',
  'STAM',
  'STAM <bonjour>',
  'STAM bonjour@be-stam.com',
  'bonjour@be-stam.com>',
  'STAM\n<bonjour@be-stam.com>',
  '<a@b.co> <c@d.co>',
])('the app does not start when mails were to come from %j, which the provider would refuse one by one', (from) => {
  expect(() => testServices(NOWHERE, { EMAIL_FROM_STAM: from })).toThrow('EMAIL_FROM_STAM')
})

test.each(['PROCESSOR_OWN_KEY', 'PROCESSOR_VAULT_KEY'])('the app does not start when %s is the account’s full key', (name) => {
  expect(() => testServices(NOWHERE, { [name]: 'sk_live_anything' })).toThrow(`${name} (a restricted key, rk_…)`)
})

test('the app does not start without a card form for each site and language', () => {
  expect(() => testServices(NOWHERE, { PCI_VAULT_FORMS: 'STAM.fr=a' })).toThrow(
    'PCI_VAULT_FORMS (WEOKTO.fr=id,WEOKTO.en=id,STAM.fr=id,STAM.en=id)',
  )
})

test('the app does not start with a set-up key that the guard of bodies would take for a card', () => {
  const plain = 'k'.repeat(32)
  expect(testServices(NOWHERE, { SETUP_KEY: plain }).config.SETUP_KEY).toBe(plain)
  expect(() => testServices(NOWHERE, { SETUP_KEY: `${plain}4242424242424242` })).toThrow('SETUP_KEY (another one')
})

const KEY = 'k'.repeat(32)
const SEALS = btoa(KEY)

test.each([
  ['CLICK_SECRET', `2026-11:${KEY},${KEY}`],
  ['ROOM_SECRET', KEY],
  ['SEAL_KEY', `b:${SEALS},${SEALS}`],
] as const)('%s may hold several keys', (name, setting) => {
  expect(testServices(NOWHERE, { [name]: setting }).config[name]).toBe(setting)
})

test.each([
  ['CLICK_SECRET', `${KEY},${KEY}`],
  ['CLICK_SECRET', 'short'],
  ['ROOM_SECRET', `a:${KEY},a:${KEY}`],
  ['SEAL_KEY', KEY],
  ['SEAL_KEY', `b:${SEALS},${KEY}`],
])('the app does not start when %s holds %s, and says only which setting it was', (name, setting) => {
  expect(() => testServices(NOWHERE, { [name]: setting })).toThrow(name)
  expect(() => testServices(NOWHERE, { [name]: setting })).not.toThrow(KEY)
})
