import { request } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import * as z from 'zod'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { send as loopback } from '#dev/stand-ins/shared/loopback.ts'
import { startMailbox, type RunningMailbox } from './server.ts'

let mailbox: RunningMailbox
beforeAll(async () => {
  mailbox = await startMailbox({ apiKey: 're_test', perSecond: 10_000 })
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

const send = (box: RunningMailbox, path: string, body: unknown, headers: Record<string, string> = {}) => {
  const all = { authorization: 'Bearer re_test', ...headers }
  return fetch(box.url + path, { method: 'POST', headers: all, body: JSON.stringify(body) })
}
const anyBody = z.record(z.string(), z.unknown())
const post = async (body: unknown, headers: Record<string, string> = {}, path = '/emails') => {
  const answer = await send(mailbox, path, body, headers)
  return { status: answer.status, body: anyBody.parse(await answer.json()) }
}
const postBatch = (body: unknown, headers: Record<string, string> = {}) => post(body, headers, '/emails/batch')
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
  expect(await post({ ...mail, to: undefined })).toMatchObject({ status: 422, body: { name: 'missing_required_field' } })
  expect(await post({ ...mail, to: [] })).toMatchObject({ status: 422, body: { name: 'missing_required_field' } })
  expect(await post({ ...mail, to: ['nobody'] })).toMatchObject({ status: 422, body: { name: 'validation_error' } })
  expect(await post({ ...mail, to: Array.from({ length: 51 }, () => 'a@example.com') })).toMatchObject({ status: 422 })
  expect(await post({ ...mail, from: 'STAM' })).toMatchObject({ status: 422, body: { name: 'invalid_from_address' } })
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

describe('a batch', () => {
  const other = { ...mail, to: ['bob@example.com'], subject: 'Another' }
  const bad = { ...mail, to: ['nobody'] }
  const many = (length: number) => Array.from({ length }, (_, n) => ({ ...mail, subject: `n${n}` }))

  test('is taken once, under one key for all of it', async () => {
    const key = { 'idempotency-key': 'batch/1' }
    const first = await postBatch([mail, other], key)
    expect(first).toEqual({ status: 200, body: { data: [{ id: expect.any(String) }, { id: expect.any(String) }] } })
    expect(await postBatch([mail, other], key)).toEqual(first)
    expect(mailbox.mails.list()).toHaveLength(2)
    expect(await postBatch([other, mail], key)).toMatchObject({ status: 409, body: { name: 'invalid_idempotent_request' } })
    expect(await post(mail, key)).toMatchObject({ status: 409 })
  })

  test('holds one to a hundred mails and no attachment', async () => {
    expect((await postBatch(many(100))).status).toBe(200)
    for (const wrong of [many(101), [], mail, [{ ...mail, attachments: [] }], [{ ...mail, scheduled_at: 'tomorrow' }]])
      expect(await postBatch(wrong)).toMatchObject({ status: 422, body: { name: 'validation_error' } })
    expect(mailbox.mails.list()).toHaveLength(100)
  })

  test('is refused as a whole for one bad mail, unless it asks to be taken without it', async () => {
    expect(await postBatch([mail, bad, other])).toMatchObject({ status: 422, body: { name: 'validation_error' } })
    expect(mailbox.mails.list()).toHaveLength(0)
    const permissive = await postBatch([mail, bad, other], { 'x-batch-validation': 'permissive' })
    expect(permissive.body).toEqual({
      data: [{ id: expect.any(String) }, { id: expect.any(String) }],
      errors: [{ index: 1, message: expect.stringContaining('`to`') }],
    })
    expect(mailbox.mails.list().map(({ subject }) => subject)).toEqual(['Another', 'Your code'])
    expect((await postBatch([mail], { 'x-batch-validation': 'lenient' })).status).toBe(422)
  })
})

test('refuses the sixth request within a second, says when to come back, and takes it then', async () => {
  const slow = await startMailbox({ apiKey: 're_test' })
  try {
    const answers: Response[] = []
    for (let n = 0; n < 6; n += 1) answers.push(await send(slow, n % 2 ? '/emails/batch' : '/emails', n % 2 ? [mail] : mail))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429])
    const told = (answer: Response | undefined) =>
      ['ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset', 'retry-after'].map((name) => answer?.headers.get(name) ?? null)
    expect([told(answers[0]), told(answers[4]), told(answers[5])]).toEqual([
      ['5', '4', '1', null],
      ['5', '0', '1', null],
      ['5', '0', '1', '1'],
    ])
    expect(await answers[5]?.json()).toMatchObject({ statusCode: 429, name: 'rate_limit_exceeded' })
    await wait(1000)
    expect((await send(slow, '/emails', mail)).status).toBe(200)
  } finally {
    await slow.stop()
  }
})

test('refuses whoever has no name, as the edge in front of Resend does, before it looks at anything else', async () => {
  const ask = (headers: Record<string, string>) =>
    loopback({ method: 'POST', url: `${mailbox.url}/emails`, headers, body: JSON.stringify(mail), timeoutMs: 2_000 })
  for (const headers of [{ authorization: 'Bearer re_test' }, { 'user-agent': '' }, {}] as Record<string, string>[]) {
    const { status, headers: told, body } = await ask(headers)
    expect([status, body, Object.fromEntries(told)['Content-Type'] ?? Object.fromEntries(told)['content-type']]).toEqual([
      403,
      'error code: 1010',
      'text/plain; charset=UTF-8',
    ])
  }
  expect((await ask({ authorization: 'Bearer re_test', 'user-agent': 'tests/1.0' })).status).toBe(200)
})

test('speaks to this machine alone, whatever name a page gives it', async () => {
  const { port } = mailbox
  const statusOf = (host: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      request({ host: '127.0.0.1', port, path: '/api/messages', headers: { host } }, (answer) => resolve(answer.resume().statusCode))
        .once('error', reject)
        .end()
    })
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`, `mails.example:${port}`, `127.0.0.1.example:${port}`]
  expect(await Promise.all(hosts.map(statusOf))).toEqual([200, 200, 421, 421])
})
