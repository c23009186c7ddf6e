import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mailboxOf } from '#domain/base/email-address.ts'
import { testDatabase, type TestDatabase } from './testing.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await testDatabase()
})
afterAll(() => t.close())

const part = fc.string({ unit: fc.constantFrom(...Array.from('abAB09._-')), minLength: 1, maxLength: 12 })
const address = fc
  .tuple(part, fc.option(part), fc.constantFrom('gmail.com', 'Googlemail.com', 'exemple.fr', 'mail.Exemple.fr'))
  .map(([local, tag, domain]) => `${local}${tag === null ? '' : `+${tag}`}@${domain}`)

test('SQL and the program know one mailbox by the same name', async () => {
  const addresses = fc.sample(address, 500)
  const rows = await t.admin<{ mailbox: string }>(
    `select mailbox_of(email) as mailbox from unnest($1::text[]) with ordinality as a(email, n) order by n`,
    [addresses],
  )
  expect(rows.map(({ mailbox }) => mailbox)).toEqual(addresses.map(mailboxOf))
})
