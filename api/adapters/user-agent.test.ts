import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { USER_AGENT } from '#domain/base/user-agent.ts'
import { startMailbox } from '#dev/stand-ins/mailbox/server.ts'
import { send } from '#dev/stand-ins/shared/loopback.ts'
import type { Fetch } from './ask.ts'
import { createResend } from './mail/resend.ts'
import { createVault } from './pci-vault/client.ts'
import { createStripe } from './processor/stripe.ts'
import { httpRooms } from './rooms/over-http.ts'

const NOBODY = 'http://127.0.0.1:9'

/** Sends the headers it is given and no other, as workerd does; Node's own `fetch` would add a name. */
const bareFetch: Fetch = async (url, init) => {
  const headers = Object.fromEntries(new Headers(init.headers))
  const { status, body } = await send({
    method: init.method ?? 'GET',
    url,
    headers,
    body: typeof init.body === 'string' ? init.body : '',
    timeoutMs: 2_000,
  })
  return new Response(body, { status })
}

test('the mailbox, which refuses whoever has no name as Resend does, takes a mail of ours', async () => {
  const mailbox = await startMailbox({ apiKey: 'mail-key' })
  try {
    const mailer = createResend({ baseUrl: mailbox.url, apiKey: 'mail-key', fetch: bareFetch })
    const content = { subject: 'Bonjour', html: '<p>Bonjour</p>', text: 'Bonjour' }
    await mailer.send({ ...content, from: 'STAM <bonjour@be-stam.com>', to: 'camille@example.com', idempotencyKey: 'one' })
    expect(mailbox.mails.list('camille@example.com')).toHaveLength(1)
  } finally {
    await mailbox.stop()
  }
})

test('every adapter names the product and its site in each call', async () => {
  const names: (string | null)[] = []
  const fetch: Fetch = async (_, init) => {
    names.push(new Headers(init.headers).get('user-agent'))
    return new Response('{}', { status: 200 })
  }
  const mailer = createResend({ baseUrl: NOBODY, apiKey: 'x', fetch })
  const forms = { 'WEOKTO.fr': 'x', 'WEOKTO.en': 'x', 'STAM.fr': 'x', 'STAM.en': 'x' }
  const vault = createVault({ baseUrl: NOBODY, username: 'x', password: 'x', keyUser: 'x', keyPassphrase: 'x', forms, fetch })
  const processor = createStripe({ baseUrl: NOBODY, ownKey: 'x', vaultKey: 'x', fetch })
  const rooms = httpRooms({ origin: NOBODY, secret: 'a-secret-of-at-least-32-characters-for-tests', fetch })
  const calls = [
    mailer.send({ from: 'a@example.com', to: 'b@example.com', subject: 's', html: 'h', text: 't', idempotencyKey: 'k' }),
    vault.deleteCapture('unique'),
    processor.retrieve('pi_1'),
    rooms.kick([{ channelId: '1', members: ['m'], sessions: [] }], { before: new Date(), mayReturn: false }),
  ]
  // What each makes of such an answer is not the question here.
  await Promise.allSettled(calls)
  expect(names).toEqual(calls.map(() => USER_AGENT))
  expect(USER_AGENT).toMatch(/^weokto-stam\/\d[\d.]* \(\+https:\/\/weokto\.com\)$/)
})

test('no adapter has a way out beside the one that names us', () => {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter((file) => /(?<!\.test)\.ts$/.test(file))
  const wrong = files.filter((file) => file !== 'ask.ts' && /(?<![.\w])fetch\(/.test(readFileSync(join(import.meta.dirname, file), 'utf8')))
  expect(wrong).toEqual([])
})
