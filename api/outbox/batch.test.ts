import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { newId } from '#db/id.ts'
import { outbox } from '#db/schema/all.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { OUTBOX_TRIES } from '#domain/base/outbox.ts'
import { seal } from '#api/crypto.ts'
import { startMailbox, type RunningMailbox } from '#dev/stand-ins/mailbox/server.ts'
import { makeClient, makeOffer, makeSale } from '#dev/testing/people.ts'
import { testContext, testServices } from '#dev/testing/services.ts'
import { storeBatches } from './batch.ts'
import { claimBulk } from './claim.ts'
import { drainAll } from './drain-all.ts'
import { muchLater, promiseCode, tappedMailer } from './testing.ts'

const KEY = 'mail-key'

let t: TestDatabase
let mailbox: RunningMailbox
let services: ReturnType<typeof testServices>
let line: ReturnType<typeof tappedMailer>['line']
/** Two paid invoices, of two buyers. */
const sales: { invoiceId: string; email: string }[] = []
beforeAll(async () => {
  t = await testDatabase()
  mailbox = await startMailbox({ apiKey: KEY, perSecond: 1_000 })
  services = testServices(t)
  const tap = tappedMailer(mailbox, KEY)
  line = tap.line
  services.ports.mailer = tap.mailer
  const { product, plan } = await makeOffer(t.db)
  for (const email of ['ada@people.test', 'bob@people.test']) {
    const { id: stamUserId } = await makeClient(t.db, { email })
    const { invoice } = await makeSale(t.db, { productId: product.id, planId: plan.id, stamUserId, paidAt: new Date() })
    sales.push({ invoiceId: invoice.id, email })
  }
})
afterEach(async () => {
  await t.admin('delete from outbox')
  mailbox.mails.empty()
  line.requests.length = 0
})
afterAll(async () => {
  await mailbox.stop()
  await t.close()
})

const saleOf = (n: number): { invoiceId: string; email: string } => sales[n] ?? { invoiceId: '', email: '' }

async function promiseReceipts(count: number, sale = saleOf(0)): Promise<string[]> {
  const at = new Date(Date.now() - 60_000)
  const rows = Array.from({ length: count }, () => newId()).map((id) => ({
    id,
    kind: 'receipt',
    payload: sale.invoiceId,
    dedupeKey: id,
    nextAttemptAt: at,
    createdAt: at,
  }))
  await t.db.insert(outbox).values(rows)
  return rows.map(({ id }) => id)
}

const run = () => drainAll(testContext(services, new Date()))
const mailsIn = ({ body }: { body: string }): number => ([JSON.parse(body)].flat() as unknown[]).length
const unsent = () => t.admin('select id from outbox where "sentAt" is null')

test('codes go first and alone, everything else a hundred in a request', async () => {
  await promiseReceipts(130)
  const codes = [await promiseCode(t, services), await promiseCode(t, services)]
  await run()
  expect(line.requests.map((request) => [request.path, mailsIn(request)])).toEqual([
    ['/emails', 1],
    ['/emails', 1],
    ['/emails/batch', 100],
    ['/emails/batch', 30],
  ])
  expect(
    line.requests
      .slice(0, 2)
      .map(({ key }) => key)
      .toSorted(),
  ).toEqual(codes.toSorted())
  expect(mailbox.mails.list(saleOf(0).email)).toHaveLength(130)
  expect(await t.admin(`select count(*)::int as left from outbox where "sentAt" is null or payload <> ''`)).toEqual([{ left: 0 }])
})

test('a batch whose answer was lost is sent again word for word, whatever has changed meanwhile, and arrives once', async () => {
  await promiseReceipts(3)
  line.answersToLose = 1
  await run()
  expect(await unsent()).toHaveLength(4)
  await t.admin(`update stam_users set email = 'moved@people.test' where email = $1`, [saleOf(0).email])
  try {
    await promiseReceipts(1, saleOf(1))
    await muchLater(t)
    await run()
  } finally {
    await t.admin(`update stam_users set email = $1 where email = 'moved@people.test'`, [saleOf(0).email])
  }
  const [first, ...later] = line.requests
  const again = later.find(({ key }) => key === first?.key)
  expect(again?.body).toBe(first?.body)
  expect(mailbox.mails.list(saleOf(0).email)).toHaveLength(3)
  expect(mailbox.mails.list('moved@people.test')).toEqual([])
  expect(mailbox.mails.list(saleOf(1).email)).toHaveLength(1)
  expect(await unsent()).toEqual([])
})

test('a sender that dies between sending and noting it mails nobody twice, neither codes nor batches', async () => {
  const told = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  await promiseReceipts(2)
  await promiseCode(t, services)
  await t.admin(`create function die() returns trigger language plpgsql as $$ begin raise exception 'dead'; end $$`)
  await t.admin(
    `create trigger die before update of "sentAt" on outbox for each row when (new."sentAt" is not null) execute function die()`,
  )
  await expect(run()).rejects.toThrow()
  // The codes' note died first, and the batch was not begun: its turn to die comes with the next run.
  await muchLater(t)
  await t.admin(`drop trigger die on outbox`)
  await t.admin(
    `create trigger die before update of "sentAt" on outbox for each row when (new."sentAt" is not null and new.kind = 'batch') execute function die()`,
  )
  await expect(run()).rejects.toThrow()
  await t.admin(`drop trigger die on outbox`)
  await muchLater(t)
  await run()
  const keys = line.requests.map(({ path, key }) => `${path} ${key}`)
  expect([keys.length, new Set(keys).size]).toEqual([4, 2])
  expect(mailbox.mails.list()).toHaveLength(3)
  expect(await unsent()).toEqual([])
  told.mockRestore()
})

test('a mail of a batch that will never be taken is given up and told, and keeps no other from being sent', async () => {
  const told = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const [bad] = await promiseReceipts(1, saleOf(1))
  await promiseReceipts(2)
  await t.admin(`update stam_users set email = 'no address' where email = $1`, [saleOf(1).email])
  try {
    await run()
  } finally {
    await t.admin(`update stam_users set email = $1 where email = 'no address'`, [saleOf(1).email])
  }
  expect(mailbox.mails.list(saleOf(0).email)).toHaveLength(2)
  const rows = await t.admin<{ id: string; failed: boolean; lastError: string }>(
    `select id, "failedAt" is not null as failed, "lastError" from outbox where "sentAt" is null`,
  )
  expect(rows).toEqual([{ id: bad, failed: true, lastError: 'The provider refuses this mail.' }])
  expect(told.mock.calls.join()).toContain(`"event":"outbox_given_up","id":"${bad}"`)
  told.mockRestore()
})

test('a receipt that cannot be composed keeps no other from being sent', async () => {
  const [bad] = await promiseReceipts(1, { invoiceId: 'none', email: '' })
  await promiseReceipts(1)
  await run()
  expect(mailbox.mails.list(saleOf(0).email)).toHaveLength(1)
  expect(await unsent()).toEqual([{ id: bad }])
})

const fates = () =>
  t.admin<{ kind: string; failed: boolean; lastError: string | null }>(
    `select kind, "failedAt" is not null as failed, "lastError" from outbox where "sentAt" is null order by kind`,
  )

test('a batch that is refused whole is given up with all its mails, and each of them is told', async () => {
  const told = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const ids = await promiseReceipts(2)
  mailbox.mails.failNext(1, 413)
  await run()
  const rows = await fates()
  expect(rows.map(({ kind, failed }) => [kind, failed])).toEqual([
    ['batch', true],
    ['receipt', true],
    ['receipt', true],
  ])
  expect(rows.every(({ lastError }) => lastError?.includes('413'))).toBe(true)
  for (const id of ids) expect(told.mock.calls.join()).toContain(`"event":"outbox_given_up","id":"${id}"`)
  told.mockRestore()
})

test('a batch whose senders all died is given up with all its mails', async () => {
  const told = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const ids = await promiseReceipts(2)
  line.answersToLose = 1
  await run()
  await t.admin(`update outbox set attempts = 12 where kind = 'batch'`)
  await run()
  expect((await fates()).map(({ failed }) => failed)).toEqual([true, true, true])
  for (const id of ids) expect(told.mock.calls.join()).toContain(`"event":"outbox_given_up","id":"${id}"`)
  told.mockRestore()
})

test('a sender that dies while it notes what was refused forgets none of it', async () => {
  const told = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const [bad] = await promiseReceipts(1, saleOf(1))
  await promiseReceipts(1)
  await t.admin(`update stam_users set email = 'no address' where email = $1`, [saleOf(1).email])
  await t.admin(`create function die_refused() returns trigger language plpgsql as $$ begin raise exception 'dead'; end $$`)
  await t.admin(
    `create trigger die before update of "failedAt" on outbox for each row when (new."failedAt" is not null) execute function die_refused()`,
  )
  try {
    await expect(run()).rejects.toThrow()
  } finally {
    await t.admin(`drop trigger die on outbox`)
    await t.admin(`update stam_users set email = $1 where email = 'no address'`, [saleOf(1).email])
  }
  await muchLater(t)
  await run()
  expect(await t.admin(`select id, "failedAt" is not null as failed from outbox where "sentAt" is null`)).toEqual([
    { id: bad, failed: true },
  ])
  expect(mailbox.mails.list()).toHaveLength(1)
  told.mockRestore()
})

test('when every mail of a batch is refused the fault is ours: once it is mended they are composed anew and arrive', async () => {
  const told = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  await promiseReceipts(2)
  const { config } = services
  services.config = { ...config, EMAIL_FROM_STAM: 'STAM' }
  try {
    await run()
  } finally {
    services.config = config
  }
  expect((await fates()).map(({ failed }) => failed)).toEqual([false, false])
  expect(told.mock.calls.join()).toContain('"event":"outbox_needs_somebody"')
  const soon = `"nextAttemptAt" < now() at time zone 'utc' + interval '2 minutes' as soon`
  expect(await t.admin(`select "batchId", ${soon} from outbox`)).toEqual([1, 2].map(() => ({ batchId: null, soon: true })))
  await muchLater(t)
  await run()
  expect(mailbox.mails.list(saleOf(0).email)).toHaveLength(2)
  expect(await unsent()).toEqual([])
  told.mockRestore()
})

test('a mail that is refused again and again by itself has used its tries up like any other', async () => {
  const told = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const [bad] = await promiseReceipts(1, saleOf(1))
  await t.admin(`update stam_users set email = 'no address' where email = $1`, [saleOf(1).email])
  try {
    for (let tries = 1; tries <= OUTBOX_TRIES; tries += 1) {
      await muchLater(t)
      await run()
    }
  } finally {
    await t.admin(`update stam_users set email = $1 where email = 'no address'`, [saleOf(1).email])
  }
  expect(line.requests).toHaveLength(OUTBOX_TRIES)
  expect((await fates()).map(({ kind, failed }) => [kind, failed])).toEqual([
    ['batch', true],
    ['receipt', true],
  ])
  expect(told.mock.calls.join()).toContain(`"event":"outbox_given_up","id":"${bad}"`)
  told.mockRestore()
})

test('an app of before batches, which looks at times alone, takes no mail of a batch while a deployment replaces it', async () => {
  const ids = await promiseReceipts(2)
  line.answersToLose = 1
  await run()
  // What that app asks for, at the time of the batch's last try that can be.
  const asked = () =>
    t.admin(
      `select id from outbox where "sentAt" is null and "failedAt" is null and attempts < $1 and kind = 'receipt'
         and "nextAttemptAt" <= now() at time zone 'utc' + interval '1 day' * ($1 - 1)
         and ("lockedUntil" is null or "lockedUntil" <= now() at time zone 'utc' + interval '1 day' * ($1 - 1))`,
      [OUTBOX_TRIES],
    )
  expect(ids).toHaveLength(2)
  expect(await asked()).toEqual([])
})

test('codes are sent although what is behind them cannot even be claimed', async () => {
  const told = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  await promiseReceipts(1)
  line.answersToLose = 1
  await run()
  await muchLater(t)
  await promiseCode(t, services)
  line.requests.length = 0
  await t.admin(`create function no_claim() returns trigger language plpgsql as $$ begin raise exception 'too long an answer'; end $$`)
  await t.admin(
    `create trigger no_claim before update of attempts on outbox for each row when (new.kind = 'batch') execute function no_claim()`,
  )
  try {
    await expect(run()).rejects.toThrow()
  } finally {
    await t.admin(`drop trigger no_claim on outbox`)
  }
  expect(line.requests.map(({ path, status }) => [path, status])).toEqual([['/emails', 200]])
  expect(await t.admin(`select kind from outbox where "sentAt" is null order by kind`)).toEqual([{ kind: 'batch' }, { kind: 'receipt' }])
  told.mockRestore()
})

test('of stored batches, which are long, a few at once are claimed', async () => {
  const sealed = await seal(services.config.SEAL_KEY, JSON.stringify({ mails: [] }))
  const at = new Date(Date.now() - 60_000)
  const rows = Array.from({ length: 14 }, () => newId()).map((id) => ({
    id,
    kind: 'batch',
    payload: sealed,
    dedupeKey: id,
    nextAttemptAt: at,
    createdAt: at,
  }))
  await t.db.insert(outbox).values(rows)
  const { batches, hasMore } = await claimBulk(testContext(services, new Date()))
  expect([batches.length, hasMore]).toEqual([5, true])
})

test('a row that another drain has taken keeps the mails of its own batch waiting, and those of no other', async () => {
  const [taken = '', free = ''] = await promiseReceipts(2)
  const ctx = testContext(services, new Date())
  const { composed } = await claimBulk(ctx)
  await t.admin(`update outbox set "sentAt" = "createdAt" where id = $1`, [taken])
  const mail = { from: 'a@example.com', to: 'b@example.com', subject: 'x', html: 'x', text: 'x' }
  const { batches, failures } = await storeBatches(
    ctx,
    // Too many mails for both to go in one batch.
    composed.map((row) => ({ row, mails: Array.from({ length: 60 }, () => mail) })),
  )
  expect(failures.map(({ row }) => row.id)).toEqual([taken])
  expect(await t.admin(`select "batchId" from outbox where id = $1`, [free])).toEqual([{ batchId: batches[0]?.id }])
})
