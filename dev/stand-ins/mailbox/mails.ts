import { createHash, randomUUID } from 'node:crypto'
import { refusal, type Answer } from './answer.ts'
import { fateOf, meetFate, type Parties, type ReceivedMail } from './fate.ts'
import { readBatch } from './read-batch.ts'
import { readMail, type Draft } from './read-mail.ts'

/** What a sender's headers say about its request. */
export interface Terms {
  idempotencyKey?: string | undefined
  batchValidation?: string | undefined
}

interface Remembered {
  bodyHash: string
  answer: Answer
  until: number
}

const MAX_MAILS = 500
const MAX_KEYS = 5_000
/** https://resend.com/docs/dashboard/emails/idempotency-keys */
const MAX_KEY_LENGTH = 256
const KEYS_LIVE_MS = 86_400_000

/** The mails that were posted, newest first, in memory only; the oldest fall out. */
export class Mails {
  #mails: ReceivedMail[] = []
  readonly #keys = new Map<string, Remembered>()
  readonly #parties: Parties
  #failures: { status: number; left: number } = { status: 500, left: 0 }

  constructor(parties: Parties) {
    this.#parties = parties
  }

  /** Takes a mail as Resend's POST /emails does. */
  post(text: string, { idempotencyKey }: Terms): Answer {
    return this.#once('/emails', text, idempotencyKey, () => {
      const draft = readMail(parseJson(text))
      return 'refused' in draft ? draft.refused : { status: 200, body: { id: this.#keep(draft) } }
    })
  }

  /** Takes up to a hundred mails as Resend's POST /emails/batch does: all or none, or those that can be sent. */
  postBatch(text: string, { idempotencyKey, batchValidation }: Terms): Answer {
    return this.#once('/emails/batch', text, idempotencyKey, () => {
      const batch = readBatch(parseJson(text), batchValidation)
      if ('refused' in batch) return batch.refused
      const data = batch.drafts.map((draft) => ({ id: this.#keep(draft) }))
      return { status: 200, body: batch.errors === null ? { data } : { data, errors: batch.errors } }
    })
  }

  /** The same key and body give the same answer and no second mail; what was refused may be tried again. */
  #once(path: string, text: string, key: string | undefined, take: () => Answer): Answer {
    const failure = this.takeFailure()
    if (failure !== null) return failure
    if (key === undefined) return take()
    if (key.length === 0 || key.length > MAX_KEY_LENGTH) {
      return refusal(400, 'invalid_idempotency_key', 'The key must be between 1-256 chars.')
    }
    const bodyHash = createHash('sha256').update(`${path}\n${text}`).digest('hex')
    const known = this.#keys.get(key)
    if (known !== undefined && known.until > Date.now()) {
      if (known.bodyHash === bodyHash) return known.answer
      return refusal(409, 'invalid_idempotent_request', 'Same idempotency key used with a different request payload.')
    }
    const answer = take()
    if (answer.status === 200) this.#remember(key, { bodyHash, answer, until: Date.now() + KEYS_LIVE_MS })
    return answer
  }

  #remember(key: string, answered: Remembered): void {
    if (this.#keys.size >= MAX_KEYS) this.#keys.clear()
    this.#keys.set(key, answered)
  }

  #keep(draft: Draft): string {
    const email = addressIn(draft.to[0] ?? '')
    const fate = fateOf(email, this.#parties.suppressions)
    const mail = { id: randomUUID(), ...draft, createdAt: new Date().toISOString(), fate }
    this.#mails = [mail, ...this.#mails].slice(0, MAX_MAILS)
    meetFate(mail, email, fate, this.#parties)
    return mail.id
  }

  /** What arrived, newest first; with an address, only the mails to it, whatever its capitals. */
  list(to?: string): ReceivedMail[] {
    const wanted = to?.trim().toLowerCase()
    const arrived = this.#mails.filter(({ fate }) => fate === 'delivered' || fate === 'complained')
    if (wanted === undefined || wanted === '') return arrived
    return arrived.filter((mail) => mail.to.some((one) => addressIn(one) === wanted))
  }

  /** What was taken for an address and has not arrived, newest first. */
  lost(to: string): ReceivedMail[] {
    return this.#mails.filter(
      ({ fate, to: all }) => (fate === 'bounced' || fate === 'suppressed') && all.some((one) => addressIn(one) === to),
    )
  }

  get(id: string): ReceivedMail | undefined {
    return this.#mails.find((mail) => mail.id === id)
  }

  empty(): void {
    this.#mails = []
  }

  /** The next `times` requests are refused with this status: how tests see what happens when mail is down. */
  failNext(times: number, status: number): void {
    this.#failures = { status, left: times }
  }

  takeFailure(): Answer | null {
    if (this.#failures.left === 0) return null
    this.#failures.left -= 1
    return refusal(this.#failures.status, 'application_error', 'This answer was asked for.')
  }
}

/** The bare address in `Name <someone@example.com>`, in small letters. */
function addressIn(text: string): string {
  return (/<([^>]+)>/.exec(text)?.[1] ?? text).trim().toLowerCase()
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
