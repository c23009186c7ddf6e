import * as z from 'zod/mini'
import { ask, NoAnswer, platformFetch, type Fetch } from '#api/adapters/ask.ts'
import { MailRefused, MailUnavailable, type Mail, type Mailer } from './port.ts'

export type ResendConfig = { baseUrl: string; apiKey: string; timeoutMs?: number; fetch?: Fetch }

const errorShape = z.object({ name: z.string().check(z.regex(/^[a-z_]{1,60}$/)) })

/** Mails through Resend's HTTP API. Errors name the provider's reason and never the reader's address. */
export function createResend(config: ResendConfig): Mailer {
  return { send: (mail) => send(config, mail) }
}

async function send(config: ResendConfig, mail: Mail): Promise<void> {
  const { to, from, subject, html, text, idempotencyKey } = mail
  const question = {
    what: 'mail: send',
    method: 'POST' as const,
    url: `${config.baseUrl}/emails`,
    headers: {
      authorization: `Bearer ${config.apiKey}`,
      'content-type': 'application/json',
      'idempotency-key': idempotencyKey,
    },
    body: JSON.stringify({ from, to: [to], subject: oneLine(subject), html, text }),
    timeoutMs: config.timeoutMs ?? 10_000,
  }
  const reply = await ask(question, config.fetch ?? platformFetch).catch((error: unknown) => {
    if (error instanceof NoAnswer) throw new MailUnavailable(error.message, null)
    throw error
  })
  if (reply.status >= 200 && reply.status < 300) return
  const reason = reasonIn(reply.text)
  const message = `mail: send: the provider answered ${reply.status}${reason === null ? '' : ` (${reason})`}`
  throw mayHelpLater(reply.status, reason) ? new MailUnavailable(message, reply.retryAfterMs) : new MailRefused(message, reply.status)
}

/** 409 is two tries of one mail at once, unless the key was used for another mail, which no wait will mend. */
function mayHelpLater(status: number, reason: string | null): boolean {
  if (status === 409) return reason !== 'invalid_idempotent_request'
  return status === 408 || status === 429 || status < 200 || (status >= 300 && status < 400) || status >= 500
}

function reasonIn(text: string): string | null {
  try {
    const told = errorShape.safeParse(JSON.parse(text))
    return told.success ? told.data.name : null
  } catch {
    return null
  }
}

/** A subject is one line; a product's name with a line break in it must not become a header. */
const oneLine = (subject: string): string => subject.replaceAll(/[\r\n\t]+/g, ' ').trim()
