import { newId } from '#db/id.ts'
import { outbox } from '#db/schema/all.ts'
import type { TestDatabase } from '#db/testing.ts'
import { platformFetch, type Fetch } from '#api/adapters/ask.ts'
import { createResend } from '#api/adapters/mail/resend.ts'
import type { Services } from '#api/context.ts'
import { seal } from '#api/crypto.ts'
import type { RunningMailbox } from '#dev/stand-ins/mailbox/server.ts'
import { testContext } from '#dev/testing/services.ts'
import { sealMail } from './enqueue.ts'

/** One request to the provider, as it left. */
interface MailRequest {
  path: string
  key: string
  body: string
  at: number
  status: number | null
  answeredAt: number
}

/** The way to a mailbox, where every request is written down and answers can get lost. */
export function tappedMailer(mailbox: RunningMailbox, apiKey: string) {
  const requests: MailRequest[] = []
  const line = { requests, answersToLose: 0 }
  const fetch: Fetch = async (url, init) => {
    const { pathname: path } = new URL(url)
    const key = new Headers(init.headers).get('idempotency-key') ?? ''
    const request: MailRequest = {
      path,
      key,
      body: typeof init.body === 'string' ? init.body : '',
      at: performance.now(),
      status: null,
      answeredAt: Infinity,
    }
    requests.push(request)
    const response = await platformFetch(url, init)
    Object.assign(request, { status: response.status, answeredAt: performance.now() })
    if (line.answersToLose === 0) return response
    line.answersToLose -= 1
    await response.body?.cancel()
    throw new TypeError('The answer was lost.')
  }
  return { line, mailer: createResend({ baseUrl: mailbox.url, apiKey, fetch }) }
}

/** Promises a code to somebody, as a sign-in does. */
export async function promiseCode(t: Pick<TestDatabase, 'db'>, services: Services, to = 'camille@example.com'): Promise<string> {
  const id = newId()
  const payload = await sealMail(testContext(services, new Date()), to, { subject: 'Code', html: '<p>123456</p>', text: '123456' })
  await t.db.insert(outbox).values({ id, kind: 'mail', payload, dedupeKey: id, nextAttemptAt: new Date(), createdAt: new Date() })
  return id
}

/** Every row as if its last try were long ago. */
export const muchLater = (t: Pick<TestDatabase, 'admin'>) =>
  t.admin(`update outbox set "nextAttemptAt" = now() at time zone 'utc' - interval '1 hour', "lockedUntil" = null where "sentAt" is null`)

/** Promises a mail that goes together with others, stored as it will be said. */
export async function promiseBatch(
  t: Pick<TestDatabase, 'db'>,
  config: { SEAL_KEY: string; EMAIL_FROM_WEOKTO: string },
  to: string,
): Promise<string> {
  const id = newId()
  const mail = { from: config.EMAIL_FROM_WEOKTO, to, subject: 'Reçu', html: '<p>Reçu</p>', text: 'Reçu' }
  const payload = await seal(config.SEAL_KEY, JSON.stringify({ mails: [{ rowId: id, mail }] }))
  await t.db.insert(outbox).values({ id, kind: 'batch', payload, dedupeKey: id, nextAttemptAt: new Date(), createdAt: new Date() })
  return id
}
