import { PgDialect } from 'drizzle-orm/pg-core'
import { expect, test } from 'vitest'
import { FactsRow, factsJson, selectFactsOf } from './facts.ts'

const facts = {
  ...{ channelId: '7', communityId: 'c1', platform: 'STAM', communityIsActive: true, lastSeq: 3, isPrivate: false, isReadOnly: false },
  ...{ isArchived: false, slowModeSeconds: 0, memberId: 'm1', role: 'MEMBER', displayName: null, memberIsActive: true, bannedAt: null },
  ...{ mutedUntil: Date.UTC(2026, 0, 1), hasLiveAccess: true, isOpenedByProduct: false },
}

test('facts are read and not believed: instants become dates, and one that is missing or of another kind is an error', () => {
  expect(FactsRow.parse(facts)).toEqual({ ...facts, mutedUntil: new Date('2026-01-01') })
  for (const name of Object.keys(facts)) expect(() => FactsRow.parse({ ...facts, [name]: undefined }), name).toThrow()
  expect(() => FactsRow.parse({ ...facts, role: 'OWNER' })).toThrow()
})

test('what is selected, what is put into JSON and what is read are the same facts', () => {
  const { sql: selected } = new PgDialect().sqlToQuery(selectFactsOf({ platform: 'STAM', userId: 'u', scopeCustomerId: null }, '7', false))
  const { sql: json } = new PgDialect().sqlToQuery(factsJson)
  for (const name of Object.keys(FactsRow.shape)) {
    expect(selected).toContain(` as "${name}"`)
    expect(json).toContain(`'${name}'`)
  }
})
