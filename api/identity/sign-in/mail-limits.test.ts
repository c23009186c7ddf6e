import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import type { Person } from '#dev/http-client.ts'
import { codeIn } from '#dev/stand-ins/mailbox/code-in.ts'
import { newestMail } from '#dev/testing/mails.ts'
import { makeClient, makeOffer } from '#dev/testing/people.ts'
import { startSite, type Site } from '#dev/testing/site.ts'

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

const ask = async (person: Person, email: string) => (await person.post('/api/sign-in', { email })).status
const confirm = (person: Person, proof: object) => person.post('/api/sign-in/confirm', proof)
const userOf = async (person: Person) => ((await (await person.get('/api/me')).json()) as { user: { email: string } | null }).user

/** Asks from the nth network. */
async function from<T>(network: number, work: () => Promise<T>): Promise<T> {
  site.edge.ip = `198.51.${network}.9`
  try {
    return await work()
  } finally {
    site.edge.ip = '203.0.113.7'
  }
}

async function mailsTo(mailbox: RegExp) {
  await site.services.runtime.settled()
  return site.mailbox.mails.list('').filter(({ to }) => mailbox.test(to[0] ?? ''))
}

test('one network sends five mails an hour to one mailbox, whatever tag it writes and whichever page of which site it asks', async () => {
  const offer = await makeOffer(t.db)
  await makeClient(t.db, { email: 'flooded@people.test' })
  const statuses: number[] = []
  for (let n = 0; n < 30; n++) {
    const email = n % 3 === 0 ? 'flooded@people.test' : `flooded+${n}@people.test`
    if (n % 3 === 1) statuses.push(await ask(n % 2 ? site.stam() : site.weokto(), email))
    else if (n % 3 === 2) statuses.push(await ask(site.stam(), email))
    else {
      const { buttonKey } = offer.button
      statuses.push((await site.stam().post('/api/checkouts', { buttonKey, country: 'FR', email })).status)
    }
  }
  expect(statuses.filter((status) => status < 300)).toHaveLength(5)
  expect(new Set(statuses.slice(5))).toEqual(new Set([429]))
  expect(await mailsTo(/^flooded\b/)).toHaveLength(5)
})

test('a stranger who asks and asks does not lock the owner out, and all networks together send no more than twenty', async () => {
  const email = 'wanted@people.test'
  for (let n = 0; n < 60; n++) await from(1, () => ask(site.stam(), email))
  const owner = site.stam()
  expect(await from(2, () => ask(owner, email))).toBe(202)
  const { token } = await newestMail(site, email)
  expect((await confirm(owner, { token })).status).toBe(200)
  for (let network = 3; network < 33; network++) await from(network, () => ask(site.weokto(), email))
  expect(await mailsTo(/^wanted@/)).toHaveLength(20)
})

test('who gets no more mails is told that the earlier ones work, and they do, the stranger’s too', async () => {
  const email = 'earlier@people.test'
  const stranger = site.stam()
  for (let n = 0; n < 5; n++) expect(await ask(stranger, email)).toBe(202)
  const refused = await site.stam().post('/api/sign-in', { email }, { headers: { 'accept-language': 'en' } })
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  const { error } = (await refused.json()) as { error: { code: string; message: string } }
  expect(error).toMatchObject({ code: 'mails_limited', message: expect.stringMatching(/last ten minutes still work/) })
  const [, ...earlier] = await mailsTo(/^earlier@/)
  const oldest = earlier.at(-1)
  const owner = site.stam()
  const token = /#token=([\w-]+)/.exec(oldest?.html ?? '')?.[1]
  expect((await confirm(owner, { token })).status).toBe(403)
  expect((await confirm(owner, { token, code: codeIn(oldest?.text) })).status).toBe(200)
  expect(await userOf(owner)).toMatchObject({ email })
})

test('an earlier code of the same browser serves as well as the newest', async () => {
  const email = 'overtaken@people.test'
  const person = site.stam()
  await ask(person, email)
  const first = await newestMail(site, email)
  await ask(person, email)
  expect((await newestMail(site, email)).code).not.toBe('')
  expect((await confirm(person, { email, code: first.code })).status).toBe(200)
  expect(await userOf(person)).toMatchObject({ email })
  expect((await confirm(person, { email, code: first.code })).status).toBe(410)
})

test('more mails buy no more guesses', async () => {
  const email = 'guesser@people.test'
  const person = site.stam()
  for (let n = 0; n < 3; n++) await ask(person, email)
  const codes = new Set((await mailsTo(/^guesser@/)).map(({ text }) => codeIn(text)))
  const wrong = Array.from({ length: 40 }, (_, n) => String(n).padStart(6, '0')).filter((code) => !codes.has(code))
  const answers = await Promise.all(wrong.slice(0, 12).map((code) => confirm(person, { email, code })))
  expect(answers.map(({ status }) => status).filter((status) => status === 422)).toHaveLength(5)
  for (const code of codes) expect((await confirm(person, { email, code })).status).toBe(410)
})
