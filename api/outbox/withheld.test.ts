import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#db/id.ts'
import { outbox } from '#db/schema/all.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { NOTHING_KNOWN } from '#domain/identity/email-state.ts'
import { runCron } from '#api/cron.ts'
import { joinEmailState } from '#api/identity/email/statements.ts'
import { startMailbox, type RunningMailbox } from '#dev/stand-ins/mailbox/server.ts'
import { makePerson } from '#dev/testing/people.ts'
import { testServices } from '#dev/testing/services.ts'

const KEY = 'mail-key'

let t: TestDatabase
let mailbox: RunningMailbox
beforeAll(async () => {
  ;[t, mailbox] = await Promise.all([testDatabase(), startMailbox({ apiKey: KEY })])
})
afterAll(async () => {
  await mailbox.stop()
  await t.close()
})

test('what owners are to know leaves when one of them may be written to again, whichever that is', async () => {
  const services = testServices(t, { EMAIL_BASE_URL: mailbox.url, EMAIL_API_KEY: KEY })
  const owners = [await makePerson(t.db, { userType: 'OWNER' }), await makePerson(t.db, { userType: 'OWNER' })]
  for (const { email } of owners) await joinEmailState(t, email, { ...NOTHING_KNOWN, bouncedAt: new Date(Date.now() - 60_000) })
  const [id, at] = [newId(), new Date()]
  const payload = JSON.stringify({ keys: ['dead_letters'], at: at.getTime(), isOver: false })
  await t.db.insert(outbox).values({ id, kind: 'health-alert', payload, dedupeKey: id, nextAttemptAt: at, createdAt: at })
  const isSent = async () => {
    await runCron(services, '*/5 * * * *', new Date())
    return (await t.admin('select id from outbox where id = $1 and "sentAt" is not null', [id])).length === 1
  }
  expect([await isSent(), await isSent()]).toEqual([false, false])
  // Withheld because of one of the two: the other is as good a reader.
  const [row] = await t.admin<{ withheldFor: string }>('select "withheldFor" from outbox where id = $1', [id])
  const other = owners.find(({ email }) => email !== row?.withheldFor)?.email ?? ''
  await joinEmailState(t, other, { ...NOTHING_KNOWN, liftedAt: new Date() })
  expect(await isSent()).toBe(true)
  expect(owners.map(({ email }) => mailbox.mails.list(email).length > 0)).toEqual(owners.map(({ email }) => email === other))
})
