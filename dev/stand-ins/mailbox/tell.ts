import { createHmac, randomUUID } from 'node:crypto'
import { doubling, WebhookSender } from '#dev/stand-ins/shared/deliver.ts'
import { Faults } from '#dev/stand-ins/shared/faults.ts'

/** Where events go, and the secret that signs them: `whsec_` and base64, as Svix gives it. */
export interface EventTarget {
  url: string
  secret: string
}

export interface MailEventBody {
  type: string
  created_at: string
  data: Record<string, unknown>
}

/** What a receiver must be shown: https://docs.svix.com/receiving/verifying-payloads/how-manual */
export function signedHeaders(secret: string, id: string, body: string, at = new Date()): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  return { 'content-type': 'application/json', 'svix-id': id, 'svix-timestamp': timestamp, 'svix-signature': `v1,${signature}` }
}

/** Tells what became of mails, as Resend does: signed anew at each try, the same id for all tries of one message. */
export class EventTeller {
  readonly faults = new Faults()
  readonly #sender = new WebhookSender({ faults: this.faults, attempts: 8, backoffMs: doubling(50), timeoutMs: 10_000 })
  #target: EventTarget | null

  constructor(target: EventTarget | null) {
    this.#target = target
  }

  tellTo(target: EventTarget): void {
    this.#target = target
  }

  tell(event: MailEventBody): void {
    const target = this.#target
    if (target === null) return
    const body = JSON.stringify(event)
    const id = `msg_${randomUUID().replaceAll('-', '')}`
    this.#sender.post({ kind: event.type, url: target.url, headers: () => signedHeaders(target.secret, id, body), body })
  }

  stop(): void {
    this.#sender.stop()
  }
}
