import { randomUUID } from 'node:crypto'
import { refusal, type Answer } from './answer.ts'

interface Suppression {
  id: string
  email: string
  origin: 'bounce' | 'complaint'
  source_id: string
  created_at: string
}

const MOST = 1_000

/**
 * The addresses to which nothing is delivered any more, codes and receipts alike: each that bounced for good or complained, until it is taken off
 * the list; https://resend.com/docs/dashboard/emails/email-suppressions
 */
export class Suppressions {
  readonly #byEmail = new Map<string, Suppression>()

  has(email: string): boolean {
    return this.#byEmail.has(email)
  }

  add(email: string, origin: Suppression['origin'], sourceId: string): void {
    if (this.#byEmail.size >= MOST) this.#byEmail.clear()
    this.#byEmail.set(email, { id: randomUUID(), email, origin, source_id: sourceId, created_at: new Date().toISOString() })
  }

  /** GET /suppressions/:email; https://resend.com/docs/api-reference/suppressions/get-suppression */
  show(email: string): Answer {
    const found = this.#byEmail.get(email)
    return found ? { status: 200, body: { object: 'suppression', ...found } } : NOT_FOUND
  }

  /** DELETE /suppressions/:email; https://resend.com/docs/api-reference/suppressions/remove-suppression */
  remove(email: string): { answer: Answer; removed: Suppression | null } {
    const found = this.#byEmail.get(email) ?? null
    this.#byEmail.delete(email)
    return { answer: found ? { status: 200, body: { object: 'suppression', id: found.id, deleted: true } } : NOT_FOUND, removed: found }
  }

  empty(): void {
    this.#byEmail.clear()
  }
}

const NOT_FOUND = refusal(404, 'not_found', 'Suppression not found.')
