import { createHash, randomUUID } from 'node:crypto'
import * as z from 'zod'

const addresses = z.union([z.string(), z.array(z.string()).min(1).max(50)]).transform((value) => (Array.isArray(value) ? value : [value]))

/** What Resend's POST /emails takes, as far as mails need it. */
const asked = z.object({
  from: z.string().min(3),
  to: addresses,
  subject: z.string().min(1),
  html: z.string().optional(),
  text: z.string().optional(),
  reply_to: addresses.optional(),
  cc: addresses.optional(),
  bcc: addresses.optional(),
  headers: z.record(z.string(), z.string()).optional(),
})

export interface ReceivedMail {
  id: string
  from: string
  to: string[]
  subject: string
  html: string | null
  text: string | null
  createdAt: string
}

/** An answer in Resend's shape: a status and a JSON body. */
export interface Answer {
  status: number
  body: Record<string, unknown>
}

const MAX_MAILS = 500
const MAX_KEYS = 5_000
const MAX_KEY_LENGTH = 256

/** The mails that were posted, newest first, in memory only; the oldest fall out. */
export class Mails {
  #mails: ReceivedMail[] = []
  readonly #keys = new Map<string, { bodyHash: string; id: string }>()
  #failures: { status: number; left: number } = { status: 500, left: 0 }

  /** Takes a mail as Resend does. The same idempotency key and body give the same id and no second mail. */
  post(text: string, key: string | undefined): Answer {
    if (this.#failures.left > 0) {
      this.#failures.left -= 1
      return refusal(this.#failures.status, 'application_error', 'This answer was asked for.')
    }
    if (key !== undefined && (key.length === 0 || key.length > MAX_KEY_LENGTH)) {
      return refusal(400, 'invalid_idempotency_key', 'The key must be between 1 and 256 characters.')
    }
    const bodyHash = createHash('sha256').update(text).digest('hex')
    const known = key === undefined ? undefined : this.#keys.get(key)
    if (known !== undefined && known.bodyHash !== bodyHash) {
      return refusal(409, 'invalid_idempotent_request', 'The same idempotency key was used with another body.')
    }
    if (known !== undefined) return { status: 200, body: { id: known.id } }
    return this.#accept(text, key, bodyHash)
  }

  #accept(text: string, key: string | undefined, bodyHash: string): Answer {
    const read = asked.safeParse(parseJson(text))
    if (!read.success)
      return refusal(422, 'validation_error', `The field ${read.error.issues[0]?.path.join('.') ?? ''} is missing or wrong.`)
    const { from, to, subject, html, text: plain } = read.data
    if (html === undefined && plain === undefined) return refusal(422, 'validation_error', 'Missing `html` or `text` field.')
    const mail = { id: randomUUID(), from, to, subject, html: html ?? null, text: plain ?? null, createdAt: new Date().toISOString() }
    this.#mails = [mail, ...this.#mails].slice(0, MAX_MAILS)
    if (key !== undefined) {
      if (this.#keys.size >= MAX_KEYS) this.#keys.clear()
      this.#keys.set(key, { bodyHash, id: mail.id })
    }
    return { status: 200, body: { id: mail.id } }
  }

  /** Newest first; with an address, only the mails to it, whatever its capitals. */
  list(to?: string): ReceivedMail[] {
    const wanted = to?.trim().toLowerCase()
    if (wanted === undefined || wanted === '') return this.#mails
    return this.#mails.filter((mail) => mail.to.some((one) => addressIn(one) === wanted))
  }

  get(id: string): ReceivedMail | undefined {
    return this.#mails.find((mail) => mail.id === id)
  }

  empty(): void {
    this.#mails = []
  }

  /** The next `times` mails are refused with this status: how tests see what happens when mail is down. */
  failNext(times: number, status: number): void {
    this.#failures = { status, left: times }
  }
}

/** The bare address in `Name <someone@example.com>`, in small letters. */
function addressIn(text: string): string {
  return (/<([^>]+)>/.exec(text)?.[1] ?? text).trim().toLowerCase()
}

export function refusal(status: number, name: string, message: string): Answer {
  return { status, body: { statusCode: status, name, message } }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
