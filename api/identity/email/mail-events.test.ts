import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '#db/id.ts'
import { emailStates, outbox, weoktoSessions } from '#db/schema/all.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { markOf } from '#domain/identity/email-state.ts'
import { MAX_BODY_BYTES } from '#api/http/body-guard.ts'
import { newSession } from '#api/identity/session/new-session.ts'
import { muchLater } from '#api/outbox/testing.ts'
import { request } from '#dev/http-client.ts'
import { signedHeaders, type MailEventBody } from '#dev/stand-ins/mailbox/tell.ts'
import { buy } from '#dev/testing/buy.ts'
import { makeOffer, makePerson } from '#dev/testing/people.ts'
import { testContext } from '#dev/testing/services.ts'
import { signedInClient } from '#dev/testing/signed-in.ts'
import { startSite, type Site } from '#dev/testing/site.ts'

const EVERY_FIVE_MINUTES = '*/5 * * * *'

let t: TestDatabase
let site: Site
beforeAll(async () => {
  t = await testDatabase()
  site = await startSite(t)
})
beforeEach(() => t.admin('delete from rate_limits'))
afterAll(async () => {
  await site.stop()
  await t.close()
})

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000)
const fresh = () => `${newId()}@people.test`
const ofUs = () => site.services.config.EMAIL_FROM_STAM

function eventOf(type: string, email: string, at: Date, more: Record<string, unknown> = {}): MailEventBody {
  const data = { created_at: at.toISOString(), email_id: newId(), from: ofUs(), to: [email], subject: 'x', ...more }
  return { type, created_at: at.toISOString(), data }
}
const bounceOf = (email: string, at: Date, type = 'Permanent') =>
  eventOf('email.bounced', email, at, { bounce: { type, subType: 'General', message: 'x' } })

interface Post {
  id?: string
  secret?: string
  signedAt?: Date
  change?: (headers: Record<string, string>) => Record<string, string>
}
async function post(body: string | MailEventBody, { id = newId(), secret, signedAt, change = (same) => same }: Post = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const headers = change(signedHeaders(secret ?? site.services.config.EMAIL_WEBHOOK_SECRET, id, text, signedAt))
  const answer = await request(`${site.services.config.WEOKTO_ORIGIN}/webhooks/mail`, { method: 'POST', headers, body: text })
  return { status: answer.status, outcome: ((await answer.json()) as { outcome?: string }).outcome }
}
async function markAt(email: string) {
  const [state] = await t.admin<typeof emailStates.$inferSelect>(
    `select "bouncedAt"::timestamptz, "complainedAt"::timestamptz, "provenAt"::timestamptz, "liftedAt"::timestamptz from email_states where email = $1`,
    [email],
  )
  return state ? markOf(state) : null
}

describe('a message', () => {
  test('that does not prove itself changes nothing', async () => {
    const email = fresh()
    const body = bounceOf(email, ago(1))
    for (const name of ['svix-id', 'svix-timestamp', 'svix-signature']) {
      const change = (headers: Record<string, string>) => Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name))
      expect([name, (await post(body, { change })).status]).toEqual([name, 401])
    }
    const wrong: Post[] = [
      { secret: `whsec_${btoa('x'.repeat(24))}` },
      { signedAt: ago(6) },
      { signedAt: ago(-6) },
      { change: (headers) => ({ ...headers, 'svix-id': 'another' }) },
      { change: (headers) => ({ ...headers, 'svix-signature': 'v1,AAAA' }) },
      { change: (headers) => ({ ...headers, 'svix-signature': headers['svix-signature']?.replace('v1,', 'v2,') ?? '' }) },
      { change: (headers) => ({ ...headers, 'svix-timestamp': 'now' }) },
    ]
    for (const how of wrong) expect((await post(body, how)).status).toBe(403)
    expect(await markAt(email)).toBeNull()
  })

  test('is believed by any one of several signatures, as long as a secret is rotated', async () => {
    const email = fresh()
    const old = `v1,${btoa('x'.repeat(32))}`
    const change = (headers: Record<string, string>) => ({ ...headers, 'svix-signature': `${old} v1a,other ${headers['svix-signature']}` })
    expect(await post(bounceOf(email, ago(1)), { change })).toEqual({ status: 200, outcome: 'noted' })
    expect(await markAt(email)).toBe('bounced')
  })

  test('has its effect once, however often and however many at once it comes', async () => {
    const email = fresh()
    const id = newId()
    const body = bounceOf(email, ago(1))
    const answers = await Promise.all(Array.from({ length: 50 }, () => post(body, { id })))
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 200))
    expect(answers.filter(({ outcome }) => outcome === 'noted')).toHaveLength(1)
    expect(await t.admin('select id from webhook_inbox where "eventId" = $1', [id])).toHaveLength(1)
  })

  test('that says nothing of an address of ours is answered and changes nothing', async () => {
    const email = fresh()
    expect(await post(bounceOf(email, ago(1), 'Transient'))).toEqual({ status: 200, outcome: 'noted' })
    expect(await post(bounceOf(email, ago(1), 'Undetermined'))).toEqual({ status: 200, outcome: 'noted' })
    expect(await post(eventOf('email.delivered', email, ago(1)))).toEqual({ status: 200, outcome: 'ignored' })
    expect(await post(eventOf('email.bounced', email, ago(1), { to: [email, fresh()] }))).toEqual({ status: 200, outcome: 'ignored' })
    const foreign = eventOf('email.complained', email, ago(1), { from: 'Somebody <hello@elsewhere.test>' })
    expect(await post(foreign)).toEqual({ status: 200, outcome: 'foreign' })
    expect(await markAt(email)).toBeNull()
  })

  test('that is no event, hostile or too long is refused', async () => {
    for (const body of ['', 'x', '[]', '{}', '{"type":"email.bounced"}', '{"type":"email.bounced","created_at":"never","data":{}}'])
      expect([body, (await post(body)).status]).toEqual([body, 422])
    const hostile = { type: 'email.bounced', created_at: ago(1).toISOString(), data: { to: ["'; drop table x; --"], from: ofUs() } }
    expect(await post(hostile)).toEqual({ status: 200, outcome: 'ignored' })
    expect((await post(JSON.stringify({ ...hostile, more: 'x'.repeat(MAX_BODY_BYTES) }))).status).toBe(413)
  })
})

test('events end in the same mark in whatever order they come, a complaint above all', async () => {
  const says = (email: string): [string, MailEventBody][] => [
    ['bounce', bounceOf(email, ago(9))],
    ['complaint', eventOf('email.complained', email, ago(20))],
    ['bounce', bounceOf(email, ago(1))],
  ]
  for (const turn of [0, 1, 2]) {
    const email = fresh()
    const events = says(email)
    for (const [, body] of [...events.slice(turn), ...events.slice(0, turn)]) await post(body)
    expect([turn, await markAt(email)]).toEqual([turn, 'complained'])
  }
})

describe('an address that bounces', () => {
  test('is marked although a number stands before its @ that could be a card’s, and not where one stands behind it', async () => {
    const email = '4242424242424242@people.test'
    expect(await post(bounceOf(email, ago(1)))).toEqual({ status: 200, outcome: 'noted' })
    expect(await markAt(email)).toBe('bounced')
    expect(await post(bounceOf('a@4242424242424242.test', ago(1)))).toEqual({ status: 200, outcome: 'ignored' })
  })

  test('is marked and suppressed, gets no code any more, and says why', async () => {
    const email = `bounced+${newId()}@resend.dev`
    expect((await site.stam().post('/api/sign-in', { email })).status).toBe(202)
    await site.services.runtime.settled()
    await expect.poll(() => markAt(email)).toBe('bounced')
    expect(site.mailbox.mails.lost(email).map(({ fate }) => fate)).toEqual(['bounced'])
    expect((await site.stam().post('/api/sign-in', { email })).status).toBe(202)
    await site.services.runtime.settled()
    // Nothing was asked of the provider.
    expect(site.mailbox.mails.lost(email)).toHaveLength(1)
    const rows = await t.admin<{ lastError: string; payload: string; failedAt: Date | null }>(
      `select "lastError", payload, "failedAt" from outbox where "withheldFor" = $1`,
      [email],
    )
    expect(rows).toEqual([{ lastError: 'Withheld: mail to its address comes back.', payload: '', failedAt: expect.any(Date) as Date }])
  })

  test('is well again when its reader shows later that mail arrives, which the provider is told, and not when they showed it before', async () => {
    const email = fresh()
    const person = site.stam()
    await person.post('/api/sign-in', { email })
    await site.services.runtime.settled()
    const [mail] = site.mailbox.mails.list(email)
    const [, token = ''] = /#token=([\w-]+)/.exec(mail?.html ?? '') ?? []
    site.mailbox.suppressions.add(email, 'bounce', 'x')
    await post(bounceOf(email, new Date(Date.now() - 50)))
    expect(await markAt(email)).toBe('bounced')
    expect((await person.post('/api/sign-in/confirm', { token })).status).toBe(200)
    await site.services.runtime.settled()
    expect([await markAt(email), site.mailbox.suppressions.has(email)]).toEqual([null, false])
    // Arrives late and tells of before.
    await post(bounceOf(email, ago(5)))
    expect(await markAt(email)).toBeNull()
    await post(bounceOf(email, new Date()))
    expect(await markAt(email)).toBe('bounced')
  })
})

test('a bounce that is told after a proof marks nothing, and the provider is asked once to forget the address', async () => {
  const email = fresh()
  const person = site.stam()
  await person.post('/api/sign-in', { email })
  await site.services.runtime.settled()
  const [mail] = site.mailbox.mails.list(email)
  const [, token = ''] = /#token=([\w-]+)/.exec(mail?.html ?? '') ?? []
  expect((await person.post('/api/sign-in/confirm', { token })).status).toBe(200)
  await site.services.runtime.settled()
  site.mailbox.suppressions.add(email, 'bounce', 'x')
  const id = newId()
  for (const body of [bounceOf(email, ago(1)), bounceOf(email, ago(1))]) await post(body, { id })
  await site.services.runtime.settled()
  expect([await markAt(email), site.mailbox.suppressions.has(email)]).toEqual([null, false])
  expect(await t.admin(`select id from outbox where "dedupeKey" = $1`, [`lift-suppression:${id}`])).toHaveLength(1)
})

describe('a receipt', () => {
  const receiptOf = async (email: string) =>
    t.admin<{ kind: string; lastError: string | null; attempts: number; sent: boolean; failed: boolean }>(
      `select kind, "lastError", attempts, "sentAt" is not null as sent, "failedAt" is not null as failed from outbox where "withheldFor" = $1`,
      [email],
    )

  test('of a marked address waits, is told on its reader’s page, and leaves when staff have the address let go', async () => {
    const { client, buyer } = await signedInClient(t.db, site)
    const { email } = client
    site.mailbox.suppressions.add(email, 'complaint', 'x')
    await post(eventOf('email.complained', email, ago(1)))
    const { button } = await makeOffer(t.db)
    expect((await buy(buyer, { buttonKey: button.buttonKey })).step).toBe('PAID')
    await site.services.runtime.settled()
    await site.cron(EVERY_FIVE_MINUTES, new Date())
    const why = 'Withheld: its reader called a mail of ours spam.'
    expect(await receiptOf(email)).toEqual([{ kind: 'receipt', lastError: why, attempts: 0, sent: false, failed: false }])
    // What an app that knows no marks would send.
    const overdue = `"sentAt" is null and "failedAt" is null and "nextAttemptAt" < now() at time zone 'utc' + interval '11 days'`
    expect(await t.admin(`select kind from outbox where "withheldFor" = $1 and ${overdue}`, [email])).toEqual([])
    const account = (await (await buyer.get('/api/account')).json()) as { noMail: unknown; invoices: unknown[] }
    expect([account.noMail, account.invoices.length]).toEqual([{ why: 'complained', contact: 'bonjour@stam.localhost' }, 1])

    const staff = await signedInStaff('ADMIN')
    const lift = async () => (await staff.post(`/api/admin/people/${client.id}/lift-mark`, { platform: 'STAM' })).status
    const listed = async () => {
      const answer = await staff.get(`/api/admin/people?platform=STAM&q=${encodeURIComponent(email)}`)
      return ((await answer.json()) as { rows: { emailMark: string | null }[] }).rows.map(({ emailMark }) => emailMark)
    }
    expect([await listed(), await lift()]).toEqual([['complained'], 202])
    await site.services.runtime.settled()
    expect([site.mailbox.suppressions.has(email), await markAt(email), await listed()]).toEqual([false, null, [null]])
    await expect.poll(() => site.mailbox.mails.list(email).length).toBe(1)
    expect(await lift()).toBe(409)
    expect(await t.admin(`select action from audit_log where "targetId" = $1`, [client.id])).toEqual([{ action: 'email.mark_lifted' }])
  })

  test('stays withheld as long as the provider keeps its list, and the mark with it', async () => {
    const { client } = await signedInClient(t.db, site)
    await post(eventOf('email.complained', client.email, ago(1)))
    const given = {
      id: newId(),
      kind: 'lift-suppression',
      payload: client.email,
      dedupeKey: newId(),
      nextAttemptAt: ago(9),
      createdAt: ago(9),
    }
    await t.db.insert(outbox).values({ ...given, failedAt: ago(5) })
    site.mailbox.mails.failNext(1, 503)
    const staff = await signedInStaff('OWNER')
    expect((await staff.post(`/api/admin/people/${client.id}/lift-mark`, { platform: 'STAM' })).status).toBe(202)
    await site.services.runtime.settled()
    expect(await markAt(client.email)).toBe('complained')
    await muchLater(t)
    await site.cron(EVERY_FIVE_MINUTES, new Date())
    expect(await markAt(client.email)).toBeNull()
    // What had been given up before is done with it.
    expect(
      await t.admin(`select id from outbox where kind = 'lift-suppression' and payload = $1 and "failedAt" is not null`, [client.email]),
    ).toEqual([])
  })

  test('does not leave on a proof before the provider has let the address go: it would be suppressed and lost', async () => {
    const { client } = await signedInClient(t.db, site)
    const { email } = client
    const person = site.stam()
    await person.post('/api/sign-in', { email })
    await site.services.runtime.settled()
    const [mail] = site.mailbox.mails.list(email)
    const [, token = ''] = /#token=([\w-]+)/.exec(mail?.html ?? '') ?? []
    site.mailbox.suppressions.add(email, 'bounce', 'x')
    await post(bounceOf(email, new Date(Date.now() - 50)))
    const row = { id: newId(), kind: 'receipt', payload: newId(), dedupeKey: newId(), nextAttemptAt: ago(9), createdAt: ago(9) }
    await t.db.insert(outbox).values({ ...row, withheldAt: ago(9), withheldFor: email })
    site.mailbox.mails.failNext(1, 503)
    expect((await person.post('/api/sign-in/confirm', { token })).status).toBe(200)
    await site.services.runtime.settled()
    await site.cron(EVERY_FIVE_MINUTES, new Date())
    expect([await markAt(email), site.mailbox.suppressions.has(email), (await receiptOf(email)).length]).toEqual(['bounced', true, 1])
    await muchLater(t)
    await site.cron(EVERY_FIVE_MINUTES, new Date())
    expect([await markAt(email), site.mailbox.suppressions.has(email), await receiptOf(email)]).toEqual([null, false, []])
  })

  test('that was withheld while its mark went is sent by the next job', async () => {
    const { client } = await signedInClient(t.db, site)
    const row = { id: newId(), kind: 'receipt', payload: newId(), dedupeKey: newId(), nextAttemptAt: ago(9), createdAt: ago(9) }
    await t.db.insert(outbox).values({ ...row, withheldAt: ago(9), withheldFor: client.email })
    await site.cron(EVERY_FIVE_MINUTES, new Date())
    expect(await receiptOf(client.email)).toEqual([])
  })
})

async function signedInStaff(userType: 'ADMIN' | 'OWNER') {
  const person = await makePerson(t.db, { userType })
  const { token, row } = await newSession(testContext(site.services, new Date()), person.id)
  const { scopeCustomerId: _, ...session } = row
  await t.db.insert(weoktoSessions).values(session)
  const browser = site.weokto()
  browser.cookies.set('session', token)
  return browser
}
