import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { DEFAULT_POLICY } from '#domain/base/policy.ts'
import { askedAddress, unaskedAddress } from '#dev/testing/addresses.ts'
import { beginCheckout, buy } from '#dev/testing/buy.ts'
import { makeClient, makeOffer } from '#dev/testing/people.ts'
import { startSite, type Site } from '#dev/testing/site.ts'

let t: TestDatabase
let site: Site
let buttonKey: string

beforeAll(async () => {
  t = await testDatabase()
  site = await startSite(t)
  buttonKey = (await makeOffer(t.db)).button.buttonKey
})
afterAll(async () => {
  await site.stop()
  await t.close()
})

const stepOf = async (email: string) => (await beginCheckout(site.stam(), { buttonKey, email })).step

test('some new addresses are asked for a code, each time and in the words of a known one', async () => {
  const email = await askedAddress('asked', site.services.config.CODE_SECRET)
  const tagged = email.replace('@', '+again@')
  expect([await stepOf(email), await stepOf(email), await stepOf(tagged)]).toEqual(['IDENTIFY', 'IDENTIFY', 'IDENTIFY'])
  const known = await beginCheckout(site.stam(), { buttonKey, email: (await makeClient(t.db)).email })
  const asked = await beginCheckout(site.stam(), { buttonKey, email })
  const { id, email: address, expiresAt, summary } = asked
  expect({ ...known, id, email: address, expiresAt, summary }).toEqual(asked)
  await site.services.runtime.settled()
  const [one, other] = [email, known.email].map((to) => site.mailbox.mails.list(to)[0]?.subject)
  expect(one).toBe(other)
  expect(one).toMatch(/^Votre code/)
  expect((await buy(site.stam(), { buttonKey, email })).step).toBe('PAID')
})

test('an address with a tag or with dots tells nothing of the one without', async () => {
  const email = await unaskedAddress('tagged', site.services.config.CODE_SECRET)
  const others = [email.replace('@', '+x1@'), email.replace('tagged', 'tag.ged')]
  expect(await Promise.all([email, ...others].map(stepOf))).toEqual(['CARD', 'CARD', 'CARD'])
  await makeClient(t.db, { email })
  expect(await Promise.all([email, ...others].map(stepOf))).toEqual(['IDENTIFY', 'IDENTIFY', 'IDENTIFY'])
})

test('the others are not, and with the rule off nobody new is', async () => {
  const { CODE_SECRET } = site.services.config
  expect(await stepOf(await unaskedAddress('unasked', CODE_SECRET))).toBe('CARD')
  const json = { ...DEFAULT_POLICY, version: 2, checkout: { ...DEFAULT_POLICY.checkout, codeForOneIn: 0 } }
  await t.admin(`insert into policies (version, "validFrom", json, reason) values (2, now() - interval '1 minute', $1, 'Ask nobody')`, [
    JSON.stringify(json),
  ])
  expect(await stepOf(await askedAddress('rule-off', CODE_SECRET))).toBe('CARD')
})
