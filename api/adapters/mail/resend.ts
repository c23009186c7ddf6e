import * as z from 'zod/mini'
import type { Fault } from '#domain/base/outbox.ts'
import { ask, NoAnswer, platformFetch, type Fetch, type Reply } from '#api/adapters/ask.ts'
import { log } from '#api/log.ts'
import { MailFailed, type AddressedMail, type Mailer, type RefusedMail } from './port.ts'

export type ResendConfig = { baseUrl: string; apiKey: string; timeoutMs?: number; fetch?: Fetch }

type Call = { what: string; method?: 'DELETE'; path: string; headers?: Record<string, string>; body?: unknown }

const errorShape = z.object({ name: z.string().check(z.regex(/^[a-z_]{1,60}$/)) })
const batchShape = z.object({ data: z.optional(z.unknown()), errors: z.optional(z.unknown()) })
const refusalShape = z.object({ index: z.int().check(z.gte(0)), message: z.optional(z.unknown()) })

/** Mails through Resend's HTTP API. Errors name the provider's reason and never the reader's address. */
export function createResend(config: ResendConfig): Mailer {
  return {
    async send({ idempotencyKey, ...mail }) {
      const headers = { 'idempotency-key': idempotencyKey }
      await call(config, { what: 'mail: send', path: '/emails', headers, body: wireOf(mail) })
    },
    async sendBatch({ mails, idempotencyKey }) {
      // Otherwise one address that cannot be would keep ninety-nine others from their mail.
      const headers = { 'idempotency-key': idempotencyKey, 'x-batch-validation': 'permissive' }
      const body = mails.map(wireOf)
      const reply = await call(config, { what: 'mail: send batch', path: '/emails/batch', headers, body })
      return refusedIn(reply, { mails: mails.length, idempotencyKey })
    },
    async liftSuppression(email) {
      await call(config, { what: 'mail: lift suppression', method: 'DELETE', path: `/suppressions/${encodeURIComponent(email)}` })
    },
  }
}

const wireOf = ({ from, to, subject, html, text }: AddressedMail) => ({ from, to: [to], subject: oneLine(subject), html, text })

async function call(config: ResendConfig, { what, method, path, headers, body }: Call): Promise<Reply> {
  const question = {
    what,
    method: method ?? ('POST' as const),
    url: `${config.baseUrl}${path}`,
    headers: {
      authorization: `Bearer ${config.apiKey}`,
      'content-type': 'application/json',
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    timeoutMs: config.timeoutMs ?? 10_000,
  }
  const reply = await ask(question, config.fetch ?? platformFetch).catch((error: unknown) => {
    if (error instanceof NoAnswer) throw new MailFailed(error.message, 'unavailable', null)
    throw error
  })
  if (reply.status >= 200 && reply.status < 300) return reply
  const reason = reasonIn(reply.text)
  // What is not on the list need not be taken off it.
  if (method === 'DELETE' && reply.status === 404 && reason === 'not_found') return reply
  const message = `${what}: the provider answered ${reply.status}${reason === null ? '' : ` (${reason})`}`
  throw new MailFailed(message, faultOf(reply.status, reason), reply.retryAfterMs)
}

/** https://resend.com/docs/api-reference/errors; what it does not name is trouble on the way. */
function faultOf(status: number, reason: string | null): Fault {
  if (status === 409) return reason === 'invalid_idempotent_request' ? 'impossible' : 'busy'
  if (status === 429) return reason?.endsWith('_quota_exceeded') === true ? 'account' : 'busy'
  // Our own sender is wrong, in this mail and in all others.
  if (reason === 'invalid_from_address') return 'account'
  if ([401, 403, 404, 405, 451].includes(status)) return 'account'
  return status >= 400 && status < 500 && status !== 408 ? 'impossible' : 'unavailable'
}

/** Whatever a 2xx says, the batch was taken, but for what it clearly refuses. An answer that leaves mails out is told, for they may be lost. */
function refusedIn({ text }: Reply, asked: { mails: number; idempotencyKey: string }): RefusedMail[] {
  const told = batchShape.safeParse(jsonOrNull(text)).data
  const [taken, errors] = [listIn(told?.data), listIn(told?.errors)]
  const refused = errors.flatMap((error) => {
    const one = refusalShape.safeParse(error)
    return one.success && one.data.index < asked.mails ? [{ index: one.data.index, reason: withoutAddress(one.data.message) }] : []
  })
  if (taken.length + errors.length !== asked.mails || refused.length !== errors.length)
    log(null, 'mail_batch_odd_answer', { id: asked.idempotencyKey, mails: asked.mails, taken: taken.length, refused: errors.length })
  return refused
}

const listIn = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

/** The provider's sentence, unless it may repeat whom the mail was for. */
const withoutAddress = (message: unknown): string =>
  typeof message === 'string' && /^[^@]{1,200}$/.test(message) ? message : 'The provider refuses this mail.'

function reasonIn(text: string): string | null {
  const told = errorShape.safeParse(jsonOrNull(text))
  return told.success ? told.data.name : null
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** A subject is one line; a product's name with a line break in it must not become a header. */
const oneLine = (subject: string): string => subject.replaceAll(/[\r\n\t]+/g, ' ').trim()
