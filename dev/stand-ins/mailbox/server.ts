import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { listen } from '#dev/environment/free-ports.ts'
import { sentenceOf } from '#dev/plain-error.ts'
import { readBody } from '#dev/stand-ins/shared/read-body.ts'
import { Mails, refusal, type Answer, type ReceivedMail } from './mails.ts'
import { mailHtml, mailboxPage } from './page.ts'

export interface MailboxOptions {
  /** Loopback port; 0 or none takes a free one. */
  port?: number
  /** What senders must show as their bearer. */
  apiKey: string
}

export interface RunningMailbox {
  url: string
  port: number
  mails: Mails
  stop(): Promise<void>
}

const MAX_BODY_BYTES = 1024 * 1024

/** Speaks Resend's API and shows what was sent: a web page for people, `GET /api/messages?to=` for tests. */
export async function startMailbox(options: MailboxOptions): Promise<RunningMailbox> {
  const mails = new Mails()
  const server = createServer((request, response) => {
    serve(request, response, mails, options.apiKey).catch((error: unknown) =>
      json(response, refusal(500, 'application_error', sentenceOf(error))),
    )
  })
  const port = await listen(server, options.port ?? 0)
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { url: `http://127.0.0.1:${port}`, port, mails, stop }
}

async function serve(request: IncomingMessage, response: ServerResponse, mails: Mails, apiKey: string): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://mailbox')
  const [first = '', id = '', last = ''] = url.pathname.split('/').slice(1)
  const route = `${request.method === 'HEAD' ? 'GET' : request.method} /${first}`
  if (first === 'emails') return json(response, await resend(request, mails, apiKey, id))
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

async function resend(request: IncomingMessage, mails: Mails, apiKey: string, id: string): Promise<Answer> {
  const bearer = request.headers.authorization
  if (bearer === undefined) return refusal(401, 'missing_api_key', 'Missing API key in the authorization header.')
  if (bearer !== `Bearer ${apiKey}`) return refusal(403, 'invalid_api_key', 'API key is invalid.')
  if (request.method === 'GET' && id !== '') {
    const mail = mails.get(id)
    return mail === undefined ? refusal(404, 'not_found', 'Email not found.') : { status: 200, body: { object: 'email', ...mail } }
  }
  if (request.method !== 'POST' || id !== '') return refusal(405, 'method_not_allowed', 'Method is not allowed for this path.')
  const text = await readBody(request, MAX_BODY_BYTES)
  if (text === null) return refusal(413, 'validation_error', 'The mail is too large.')
  const key = request.headers['idempotency-key']
  return mails.post(text, typeof key === 'string' ? key : undefined)
}

/** Tests follow a mail's link and need not read HTML for it. */
function withLinks(mail: ReceivedMail): ReceivedMail & { links: string[] } {
  const found = [...(mail.html ?? '').matchAll(/href="(https?:[^"]+)"/g)].map((match) => (match[1] ?? '').replaceAll('&amp;', '&'))
  return { ...mail, links: [...new Set(found)] }
}

function json(response: ServerResponse, answer: { status: number; body: unknown }): void {
  response
    .writeHead(answer.status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
    .end(JSON.stringify(answer.body))
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
