import { sql } from 'drizzle-orm'
import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#db/id.ts'
import { emailStates } from '#db/schema/all.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { decideEmailState, markOf, NOTHING_KNOWN, type EmailEvent } from '#domain/identity/email-state.ts'
import { isMarked, joinEmailState, loadMarks } from './statements.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await testDatabase()
})
afterAll(() => t.close())

const at = fc.nat(4).map((minute) => new Date(Date.UTC(2026, 10, 25, 12, minute)))
const event: fc.Arbitrary<EmailEvent> = fc.oneof(
  fc.tuple(at, at).map(([said, sentAt]) => ({ kind: 'bounced' as const, at: said, sentAt, isPermanent: true })),
  fc.tuple(fc.constantFrom('complained' as const, 'proven' as const, 'lifted' as const), at).map(([kind, then]) => ({ kind, at: then })),
)

test('the database joins events and reads a mark as the rule does', async () => {
  const histories = fc.sample(fc.array(event, { minLength: 1, maxLength: 6 }), 60)
  const rule = histories.map((events) => events.reduce(decideEmailState, NOTHING_KNOWN))
  const emails = histories.map(() => `${newId()}@people.test`)
  for (const [n, events] of histories.entries())
    for (const one of events) await joinEmailState(t, emails[n] ?? '', decideEmailState(NOTHING_KNOWN, one))
  const rows = await t.db
    .select({ state: emailStates, isMarked: isMarked(sql.raw('email_states.email')).mapWith(Boolean) })
    .from(emailStates)
  const marks = await loadMarks(t, emails)
  const found = emails.map((email) => {
    const row = rows.find(({ state }) => state.email === email)
    const { email: _, ...state } = row?.state ?? { email, ...NOTHING_KNOWN }
    return { state, isMarked: row?.isMarked, mark: marks.get(email) ?? null }
  })
  expect(found).toEqual(rule.map((state) => ({ state, isMarked: markOf(state) !== null, mark: markOf(state) })))
  expect(new Set(found.map(({ mark }) => mark))).toEqual(new Set([null, 'bounced', 'complained']))
})

test('an address is known in whatever capitals it is written', async () => {
  const email = `${newId()}@people.test`
  await joinEmailState(t, email, { ...NOTHING_KNOWN, complainedAt: new Date() })
  expect((await loadMarks(t, [email.toUpperCase()])).get(email)).toBe('complained')
  const { rows } = await t.db.execute(sql`select ${isMarked(sql`${email.toUpperCase()}::citext`)} as yes`)
  expect(rows).toEqual([{ yes: true }])
})
