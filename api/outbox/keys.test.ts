import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#db/id.ts'
import { outbox } from '#db/schema/all.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { runCron } from '#api/cron.ts'
import { startMailbox, type RunningMailbox } from '#dev/stand-ins/mailbox/server.ts'
import { testContext, testServices } from '#dev/testing/services.ts'
import { sealMail } from './enqueue.ts'

let t: TestDatabase
let mailbox: RunningMailbox
beforeAll(async () => {
  t = await testDatabase()
  mailbox = await startMailbox({ apiKey: 're_keys', perSecond: 1_000 })
})
afterAll(async () => {
  await mailbox.stop()
  await t.close()
})

const [OLD, NEW] = [btoa('o'.repeat(32)), btoa('n'.repeat(32))]
const servicesWith = (SEAL_KEY: string) => testServices(t, { SEAL_KEY, EMAIL_BASE_URL: mailbox.url, EMAIL_API_KEY: 're_keys' })

test('mails that wait while the keys change are sent: what the app before sealed, the app after reads', async () => {
  const now = new Date()
  const seals = { unnamed: OLD, before: `a:${OLD}`, after: `b:${NEW}` }
  for (const [name, setting] of Object.entries(seals)) {
    const ctx = testContext(servicesWith(setting), now)
    const payload = await sealMail(ctx, `${name}@example.com`, { subject: 'Bonjour', html: '<p>Bonjour</p>', text: 'Bonjour' })
    await t.db.insert(outbox).values({ id: newId(), kind: 'mail', payload, dedupeKey: name, nextAttemptAt: now, createdAt: now })
  }
  const addressees = () => new Set(mailbox.mails.list().flatMap(({ to }) => to))
  const after = servicesWith(`b:${NEW},a:${OLD}`)
  await runCron(after, '*/5 * * * *', now)
  await after.runtime.settled()
  expect(addressees()).toEqual(new Set(['before@example.com', 'after@example.com']))
  // The row whose key is gone waits as any that failed does, and is sent when its key comes back.
  const back = servicesWith(`b:${NEW},${OLD}`)
  const later = new Date(now.getTime() + 3_600_000)
  back.clock = () => later
  await runCron(back, '*/5 * * * *', later)
  await back.runtime.settled()
  expect(addressees()).toEqual(new Set(['before@example.com', 'after@example.com', 'unnamed@example.com']))
})
