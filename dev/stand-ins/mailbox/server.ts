import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { listen } from '#dev/environment/free-ports.ts'
import { sentenceOf } from '#dev/plain-error.ts'
import { cameByOurName } from '#dev/stand-ins/shared/loopback.ts'
import { readBody } from '#dev/stand-ins/shared/read-body.ts'
import { refusal, type Answer } from './answer.ts'
import type { ReceivedMail } from './fate.ts'
import { Mails } from './mails.ts'
import { mailHtml, mailboxPage } from './page.ts'
import { Rate } from './rate.ts'
import { Suppressions } from './suppressions.ts'
import { EventTeller, type EventTarget } from './tell.ts'

export interface MailboxOptions {
  /** Loopback port; 0 or none takes a free one. */
  port?: number
  /** What senders must show as their bearer. */
  apiKey: string
  /** Requests within a second before one is refused; Resend's own number when it is left out. */
  perSecond?: number
  /** Where it tells what became of mails; can be set later through `teller`. */
  webhook?: EventTarget
}

export interface RunningMailbox {
  url: string
  port: number
  mails: Mails
  suppressions: Suppressions
  teller: EventTeller
  stop(): Promise<void>
}

/** A mail with its attachments is at most 40 MB; https://resend.com/docs/api-reference/emails/send-email */
const MAX_BODY_BYTES = 40 * 1024 * 1024

/** Speaks Resend's API and shows what was sent: a web page for people, `GET /api/messages?to=` for tests. */
export async function startMailbox(options: MailboxOptions): Promise<RunningMailbox> {
  const suppressions = new Suppressions()
  const teller = new EventTeller(options.webhook ?? null)
  const mails = new Mails({ suppressions, teller })
  const api = { mails, suppressions, teller, apiKey: options.apiKey, rate: new Rate(options.perSecond) }
  const server = createServer((request, response) => {
    serve(request, response, api).catch((error: unknown) => json(response, refusal(500, 'application_error', sentenceOf(error))))
  })
  const port = await listen(server, options.port ?? 0)
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      teller.stop()
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { url: `http://127.0.0.1:${port}`, port, mails, suppressions, teller, stop }
}

interface Api {
  mails: Mails
  suppressions: Suppressions
  teller: EventTeller
  apiKey: string
  rate: Rate
}

async function serve(request: IncomingMessage, response: ServerResponse, api: Api): Promise<void> {
  const { mails } = api
  if (!cameByOurName(request.headers.host)) return json(response, refusal(421, 'misdirected_request', 'This host is not served.'))
  const url = new URL(request.url ?? '/', 'http://mailbox')
  const [first = '', id = '', last = ''] = url.pathname.split('/').slice(1)
  const route = `${request.method === 'HEAD' ? 'GET' : request.method} /${first}`
  if (first === 'emails' || first === 'suppressions') return json(response, await resend(request, api, first, id))
  if (route === 'GET /api' && id === 'messages')
    return json(response, { status: 200, body: mails.list(url.searchParams.get('to') ?? '').map(withLinks) })
  if (route === 'DELETE /api' && id === 'messages') {
    mails.empty()
    return json(response, { status: 200, body: {} })
  }
  const to = url.searchParams.get('to') ?? ''
  if (route === 'GET /') return page(response, mailboxPage(mails.list(to), null, to))
  const mail = route === 'GET /mails' ? mails.get(id) : undefined
  if (mail === undefined) return json(response, refusal(404, 'not_found', 'There is nothing here.'))
  if (last === 'html') return page(response, mailHtml(mail), "default-src 'none'; img-src data:; style-src 'unsafe-inline'")
  page(response, mailboxPage(mails.list(to), mail, to))
}

/** What the edge in front of Resend answers whoever has no name; https://resend.com/docs/knowledge-base/403-error-1010 */
const NO_NAME: Answer = { status: 403, body: 'error code: 1010' }

async function resend(request: IncomingMessage, api: Api, part: string, id: string): Promise<Answer> {
  if (!request.headers['user-agent']) return NO_NAME
  const bearer = request.headers.authorization
  if (bearer === undefined) return refusal(401, 'missing_api_key', 'Missing API key in the authorization header.')
  if (bearer !== `Bearer ${api.apiKey}`) return refusal(403, 'invalid_api_key', 'API key is invalid.')
  const { isOver, headers } = api.rate.take()
  const answer = isOver
    ? refusal(429, 'rate_limit_exceeded', TOO_MANY)
    : part === 'suppressions'
      ? (api.mails.takeFailure() ?? listOf(request, api, id))
      : await answerOf(request, api.mails, id)
  return { ...answer, headers }
}

const TOO_MANY = 'Too many requests. Please limit the number of requests per second. Or contact support to increase rate limit.'

/** One address of the list, by the address; asked for by its id it would be found there and is not here. */
function listOf(request: IncomingMessage, { suppressions, teller }: Api, id: string): Answer {
  const email = decodeURIComponent(id).toLowerCase()
  if (request.method === 'GET' && email !== '') return suppressions.show(email)
  if (request.method !== 'DELETE' || email === '')
    return refusal(405, 'method_not_allowed', 'Method is not allowed for the requested path.')
  const { answer, removed } = suppressions.remove(email)
  if (removed) teller.tell({ type: 'suppression.removed', created_at: new Date().toISOString(), data: { ...removed } })
  return answer
}

async function answerOf(request: IncomingMessage, mails: Mails, id: string): Promise<Answer> {
  if (request.method === 'GET' && id !== '') {
    const mail = mails.get(id)
    return mail === undefined ? refusal(404, 'not_found', 'Email not found.') : { status: 200, body: { object: 'email', ...mail } }
  }
  if (request.method !== 'POST' || (id !== '' && id !== 'batch')) {
    return refusal(405, 'method_not_allowed', 'Method is not allowed for the requested path.')
  }
  const text = await readBody(request, MAX_BODY_BYTES)
  if (text === null) return refusal(413, 'validation_error', 'The request is too large.')
  const terms = { idempotencyKey: headerOf(request, 'idempotency-key'), batchValidation: headerOf(request, 'x-batch-validation') }
  return id === 'batch' ? mails.postBatch(text, terms) : mails.post(text, terms)
}

function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name]
  return typeof value === 'string' ? value : undefined
}

/** Tests follow a mail's link and need not read HTML for it. */
function withLinks(mail: ReceivedMail): ReceivedMail & { links: string[] } {
  const found = [...(mail.html ?? '').matchAll(/href="(https?:[^"]+)"/g)].map((match) => (match[1] ?? '').replaceAll('&amp;', '&'))
  return { ...mail, links: [...new Set(found)] }
}

function json(
  response: ServerResponse,
  { status, headers, body }: { status: number; headers?: Record<string, string>; body: unknown },
): void {
  const type = typeof body === 'string' ? 'text/plain; charset=UTF-8' : 'application/json; charset=utf-8'
  response
    .writeHead(status, { 'content-type': type, 'cache-control': 'no-store', ...headers })
    .end(typeof body === 'string' ? body : JSON.stringify(body))
}

function page(
  response: ServerResponse,
  html: string,
  policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; frame-src 'self'; form-action 'self'",
): void {
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': policy,
    'referrer-policy': 'no-referrer',
  }
  response.writeHead(200, headers).end(html)
}
