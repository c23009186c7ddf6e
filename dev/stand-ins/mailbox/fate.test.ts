import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { verifyMailWebhook } from '#api/adapters/mail/resend-webhook.ts'
import { listen } from '#dev/environment/free-ports.ts'
import { readBody } from '#dev/stand-ins/shared/read-body.ts'
import { startMailbox, type RunningMailbox } from './server.ts'
import type { MailEventBody } from './tell.ts'

const SECRET = `whsec_${btoa('k'.repeat(24))}`
const API_KEY = 're_of_this_test'

/** What was told, each proven by its signature first. */
let told: MailEventBody[]
let mailbox: RunningMailbox
const receiver = createServer((request, response) => void hear(request, response))

async function hear(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = (await readBody(request, 100_000)) ?? ''
  const header = (name: string) => String(request.headers[name])
  const headers = { id: header('svix-id'), timestamp: header('svix-timestamp'), signature: header('svix-signature') }
  await verifyMailWebhook(headers, body, new Date(), SECRET)
  told.push(JSON.parse(body) as MailEventBody)
  response.writeHead(200).end()
}

beforeAll(async () => {
  const port = await listen(receiver, 0)
  mailbox = await startMailbox({ apiKey: API_KEY, perSecond: 1_000, webhook: { url: `http://127.0.0.1:${port}/`, secret: SECRET } })
})
beforeEach(() => {
  told = []
  mailbox.mails.empty()
  mailbox.suppressions.empty()
})
afterAll(async () => {
  await mailbox.stop()
  receiver.closeAllConnections()
  await new Promise((resolve) => receiver.close(resolve))
})

const headers = { authorization: `Bearer ${API_KEY}`, 'user-agent': 'test/1', 'content-type': 'application/json' }
const sendTo = async (to: string) => {
  const body = JSON.stringify({ from: 'WEOKTO <a@example.com>', to: [to], subject: 'x', text: 'x' })
  return (await fetch(`${mailbox.url}/emails`, { method: 'POST', headers, body })).status
}
const list = (email: string, method: string) => fetch(`${mailbox.url}/suppressions/${encodeURIComponent(email)}`, { method, headers })

test.each(['bounced', 'complained'])('an address that %s gets nothing more, not even later mails that were taken', async (fate) => {
  const email = `${fate}+x@resend.dev`
  expect([await sendTo(email), await sendTo(email)]).toEqual([200, 200])
  await expect.poll(() => told.map(({ type }) => type).toSorted()).toEqual([`email.${fate}`, 'email.suppressed'])
  expect(mailbox.mails.list(email)).toHaveLength(fate === 'complained' ? 1 : 0)
  expect(told.every(({ data }) => String(data['to']) === email)).toBe(true)
})

test('an address is taken off the list once, which is told, and is written to again', async () => {
  const email = 'somebody@example.com'
  mailbox.suppressions.add(email, 'bounce', 'x')
  await sendTo(email)
  expect(mailbox.mails.list(email)).toEqual([])
  expect(await (await list(email, 'GET')).json()).toMatchObject({ object: 'suppression', email, origin: 'bounce' })
  const removed = await list(email, 'DELETE')
  expect([removed.status, await removed.json()]).toMatchObject([200, { object: 'suppression', deleted: true }])
  expect([(await list(email, 'DELETE')).status, (await list(email, 'GET')).status]).toEqual([404, 404])
  await expect.poll(() => told.map(({ type }) => type).toSorted()).toEqual(['email.suppressed', 'suppression.removed'])
  await sendTo(email)
  expect(mailbox.mails.list(email)).toHaveLength(1)
  expect((await list(email, 'POST')).status).toBe(405)
})
