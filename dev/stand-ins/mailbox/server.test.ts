import * as z from 'zod'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startMailbox, type RunningMailbox } from './server.ts'

let mailbox: RunningMailbox
beforeAll(async () => {
  mailbox = await startMailbox({ apiKey: 're_test' })
})
beforeEach(() => mailbox.mails.empty())
afterAll(() => mailbox.stop())

const mail = {
  from: 'STAM <hello@stam.example>',
  to: ['ada@example.com'],
  subject: 'Your code',
  html: '<p>Go <a href="http://stam.example/x?a=1&amp;b=2">there</a></p>',
  text: 'Go',
}

const post = async (body: unknown, headers: Record<string, string> = {}) => {
  const all = { authorization: 'Bearer re_test', ...headers }
  const answer = await fetch(`${mailbox.url}/emails`, { method: 'POST', headers: all, body: JSON.stringify(body) })
  return { status: answer.status, body: z.record(z.string(), z.unknown()).parse(await answer.json()) }
}
const read = async (path: string) => (await fetch(mailbox.url + path)).text()

test('takes a mail and shows it to its reader alone', async () => {
  const { status, body } = await post(mail)
  expect([status, body]).toEqual([200, { id: expect.any(String) }])
  await post({ ...mail, to: 'Bob <bob@example.com>' })
  const mine = JSON.parse(await read('/api/messages?to=ADA@example.com'))
  expect(mine).toMatchObject([{ id: body['id'], to: ['ada@example.com'], links: ['http://stam.example/x?a=1&b=2'] }])
  expect(JSON.parse(await read('/api/messages'))).toHaveLength(2)
})

test('honours the idempotency key', async () => {
  const key = { 'idempotency-key': 'sign-in/1' }
  const first = await post(mail, key)
  expect(await post(mail, key)).toEqual(first)
  expect(mailbox.mails.list()).toHaveLength(1)
  expect(await post({ ...mail, subject: 'Another' }, key)).toMatchObject({ status: 409, body: { name: 'invalid_idempotent_request' } })
  expect((await post(mail, { 'idempotency-key': 'k'.repeat(257) })).status).toBe(400)
})

test('refuses as Resend does', async () => {
  expect(await post(mail, { authorization: 'Bearer other' })).toMatchObject({
    status: 403,
    body: { name: 'invalid_api_key', statusCode: 403 },
  })
  expect(await post({ ...mail, to: undefined })).toMatchObject({ status: 422, body: { name: 'validation_error' } })
  expect(await post('nothing')).toMatchObject({ status: 422 })
  mailbox.mails.failNext(1, 503)
  expect((await post(mail)).status).toBe(503)
  expect((await post(mail)).status).toBe(200)
})

test('keeps the latest 500', async () => {
  await Promise.all(Array.from({ length: 510 }, (_, n) => post({ ...mail, subject: `n${n}` })))
  expect(mailbox.mails.list()).toHaveLength(500)
})

test('shows a mail in a frame that can run nothing, and escapes what people wrote', async () => {
  const { body } = await post({ ...mail, subject: '<script>alert(1)</script>' })
  expect(await read('/')).not.toContain('<script>alert')
  const open = await read(`/mails/${String(body['id'])}`)
  expect(open).toContain('&lt;script&gt;alert(1)')
  expect(open).toContain('sandbox="allow-popups')
  const frame = await fetch(`${mailbox.url}/mails/${String(body['id'])}/html`)
  expect(frame.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(await frame.text()).toContain('<base target="_blank">')
})
