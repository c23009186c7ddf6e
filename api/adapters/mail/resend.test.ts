import { afterEach, describe, expect, it, vi } from 'vitest'
import { serve, type Asked, type Handler, type Served } from '#dev/stand-ins/shared/serve.ts'
import { MailFailed, type Mailer } from './port.ts'
import { createResend } from './resend.ts'

const open: Served[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.stop()))
})

async function mailerOf(handler: Handler, timeoutMs = 1000): Promise<Mailer> {
  const served = await serve({ host: '127.0.0.1', port: 0 }, handler)
  open.push(served)
  return createResend({ baseUrl: served.url, apiKey: 'mail-key-of-tests', timeoutMs })
}

const mail = {
  to: 'camille@example.com',
  from: 'STAM <bonjour@be-stam.com>',
  subject: 'Bonjour\r\nBcc: x@example.com',
  html: '<p>é</p>',
  text: 'é',
  idempotencyKey: 'outbox-1',
}

const caught = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => null,
    (error: unknown) => error,
  )

describe('send', () => {
  it('posts one mail with its key, on one line of subject', async () => {
    const heard: Asked[] = []
    const mailer = await mailerOf(async (asked) => {
      heard.push(asked)
      return { status: 200, body: '{"id":"1"}' }
    })
    await mailer.send(mail)
    expect(heard[0]).toMatchObject({
      method: 'POST',
      path: '/emails',
      headers: { authorization: 'Bearer mail-key-of-tests', 'idempotency-key': 'outbox-1' },
    })
    expect(JSON.parse(heard[0]?.body ?? '')).toEqual({
      from: mail.from,
      to: [mail.to],
      subject: 'Bonjour Bcc: x@example.com',
      html: '<p>é</p>',
      text: 'é',
    })
  })

  it.each([
    [429, 'rate_limit_exceeded', 'busy'],
    [429, '', 'busy'],
    [409, 'concurrent_idempotent_requests', 'busy'],
    [500, 'internal_server_error', 'unavailable'],
    [503, '', 'unavailable'],
    [408, '', 'unavailable'],
    [307, '', 'unavailable'],
    [429, 'daily_quota_exceeded', 'account'],
    [429, 'monthly_quota_exceeded', 'account'],
    [401, 'missing_api_key', 'account'],
    [403, 'invalid_api_key', 'account'],
    [403, 'validation_error', 'account'],
    [404, 'not_found', 'account'],
    [422, 'invalid_from_address', 'account'],
    [451, 'security_error', 'account'],
    [409, 'invalid_idempotent_request', 'impossible'],
    [422, 'validation_error', 'impossible'],
    [400, 'invalid_idempotency_key', 'impossible'],
    [413, '', 'impossible'],
  ])('HTTP %i %s is told as %s, with what we were asked to wait', async (status, name, fault) => {
    const mailer = await mailerOf(async () => ({
      status,
      headers: { 'retry-after': '3' },
      body: JSON.stringify({ name, message: mail.to }),
    }))
    const error = await caught(mailer.send(mail))
    expect(error).toBeInstanceOf(MailFailed)
    expect(error).toMatchObject({ fault, retryAfterMs: 3000 })
    expect(String(error)).not.toContain(mail.to)
  })

  it('tells the edge’s refusal of a call without a name as one that a person must mend', async () => {
    const mailer = await mailerOf(async () => ({ status: 403, headers: { 'content-type': 'text/plain' }, body: 'error code: 1010' }))
    expect(await caught(mailer.send(mail))).toMatchObject({ fault: 'account', retryAfterMs: null })
  })

  it('stops waiting', async () => {
    const mailer = await mailerOf(() => new Promise(() => undefined), 50)
    expect(await caught(mailer.send(mail))).toMatchObject({ fault: 'unavailable' })
  })
})

describe('sendBatch', () => {
  const { idempotencyKey, ...other } = mail
  const batch = { mails: [{ ...other, subject: 'One' }, other], idempotencyKey }

  it('posts all mails with one key, each to be taken by itself', async () => {
    const heard: Asked[] = []
    const mailer = await mailerOf(async (asked) => {
      heard.push(asked)
      return { status: 200, body: '{"data":[{"id":"1"},{"id":"2"}]}' }
    })
    expect(await mailer.sendBatch(batch)).toEqual([])
    expect(heard[0]).toMatchObject({
      method: 'POST',
      path: '/emails/batch',
      headers: { authorization: 'Bearer mail-key-of-tests', 'idempotency-key': 'outbox-1', 'x-batch-validation': 'permissive' },
    })
    const { from, html, text } = other
    expect(JSON.parse(heard[0]?.body ?? '')).toEqual([
      { from, to: [other.to], subject: 'One', html, text },
      { from, to: [other.to], subject: 'Bonjour Bcc: x@example.com', html, text },
    ])
  })

  it('tells which mails will never be taken, and repeats no address', async () => {
    const errors = [
      { index: 0, message: 'Missing `to` field.' },
      { index: 1, message: `Nobody is at ${other.to}.` },
    ]
    const mailer = await mailerOf(async () => ({ status: 200, body: JSON.stringify({ data: [], errors }) }))
    expect(await mailer.sendBatch(batch)).toEqual([
      { index: 0, reason: 'Missing `to` field.' },
      { index: 1, reason: 'The provider refuses this mail.' },
    ])
  })

  it('hears each refusal of an answer by itself, and tells when an answer does not speak of every mail', async () => {
    const told = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const answerWith = async (body: unknown) => (await mailerOf(async () => ({ status: 200, body: JSON.stringify(body) }))).sendBatch(batch)
    const odd = () => told.mock.calls.splice(0).filter(([said]) => String(said).includes('"event":"mail_batch_odd_answer"')).length
    const wrong = { index: 0, message: 'Missing `to` field.' }
    const refused = [{ index: 0, reason: 'Missing `to` field.' }]
    expect(await answerWith({ data: [{ id: '1' }], errors: [wrong] })).toEqual(refused)
    expect(odd()).toBe(0)
    expect(await answerWith({ data: [], errors: [wrong, { message: 'Which?' }] })).toEqual(refused)
    expect(odd()).toBe(1)
    expect(await answerWith({ data: [], errors: [{ index: 7, message: 'Whose?' }, wrong] })).toEqual(refused)
    expect(odd()).toBe(1)
    expect(await answerWith({ data: [{ id: '1' }], errors: [{ index: 0 }] })).toEqual([
      { index: 0, reason: 'The provider refuses this mail.' },
    ])
    expect(odd()).toBe(0)
    expect(await answerWith({ data: null, errors: [wrong] })).toEqual(refused)
    expect(odd()).toBe(1)
    expect(await answerWith({ data: [{ id: '1' }] })).toEqual([])
    expect(odd()).toBe(1)
    told.mockRestore()
  })

  it('takes any answer of success for one, and fails like a single mail', async () => {
    expect(await (await mailerOf(async () => ({ status: 200, body: 'ok' }))).sendBatch(batch)).toEqual([])
    const busy = await mailerOf(async () => ({ status: 429, headers: { 'retry-after': '1' }, body: '{"name":"rate_limit_exceeded"}' }))
    expect(await caught(busy.sendBatch(batch))).toMatchObject({ fault: 'busy', retryAfterMs: 1000 })
  })
})
