import { afterEach, describe, expect, it } from 'vitest'
import { serve, type Asked, type Handler, type Served } from '#dev/stand-ins/shared/serve.ts'
import { MailRefused, MailUnavailable, type Mailer } from './port.ts'
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
    [429, 'rate_limit_exceeded', MailUnavailable],
    [500, 'internal_server_error', MailUnavailable],
    [503, '', MailUnavailable],
    [409, 'concurrent_idempotent_requests', MailUnavailable],
    [409, 'invalid_idempotent_request', MailRefused],
    [422, 'validation_error', MailRefused],
    [403, 'invalid_api_key', MailRefused],
  ])('HTTP %i %s', async (status, name, kind) => {
    const mailer = await mailerOf(async () => ({
      status,
      headers: { 'retry-after': '3' },
      body: JSON.stringify({ name, message: mail.to }),
    }))
    const error = await caught(mailer.send(mail))
    expect(error).toBeInstanceOf(kind)
    expect(String(error)).not.toContain(mail.to)
    if (error instanceof MailUnavailable) expect(error.retryAfterMs).toBe(3000)
  })

  it('stops waiting', async () => {
    const mailer = await mailerOf(() => new Promise(() => undefined), 50)
    expect(await caught(mailer.send(mail))).toBeInstanceOf(MailUnavailable)
  })
})
