import * as z from 'zod'
import { json, jsonOrNull, type Asked, type Told } from './serve.ts'

/**
 * Troubles on demand.
 * webhook_lost: never delivered · webhook_duplicate: delivered `copies` times · webhook_late: after `delayMs` ·
 * webhook_reordered: held back until the next one was delivered, or for `delayMs`.
 * dead: 503 without doing anything · rate_limited: 429 without doing anything · slow: answers after `delayMs` ·
 * answer_lost: does what it was asked and hangs up · gone: hangs up without doing anything.
 */
const FAULTS = [
  'webhook_lost',
  'webhook_duplicate',
  'webhook_late',
  'webhook_reordered',
  'dead',
  'rate_limited',
  'slow',
  'answer_lost',
  'gone',
] as const

const shape = z.strictObject({
  fault: z.enum(FAULTS),
  /** How many requests or deliveries it strikes; then it is over. */
  times: z.int().min(1).max(1000).default(1),
  delayMs: z.int().min(0).max(600_000).default(1000),
  copies: z.int().min(2).max(100).default(2),
  /** Only where the path, or the kind of webhook, contains this. */
  match: z.string().max(200).default(''),
})

export type Fault = z.output<typeof shape>
export type FaultOrder = z.input<typeof shape>

/** No test needs more; a loop that arms faults must not eat the memory. */
const MAX_ARMED = 200

export class Faults {
  #armed: Fault[] = []

  arm(order: FaultOrder): void {
    if (this.#armed.length >= MAX_ARMED) throw new Error('Too many faults are armed.')
    this.#armed.push(shape.parse(order))
  }

  clear(): void {
    this.#armed = []
  }

  list(): readonly Fault[] {
    return this.#armed
  }

  /** The fault of one of these kinds that strikes here, used up by one. */
  strike(kinds: readonly Fault['fault'][], where: string): Fault | null {
    const fault = this.#armed.find((each) => kinds.includes(each.fault) && where.includes(each.match))
    if (fault === undefined) return null
    fault.times -= 1
    if (fault.times === 0) this.#armed = this.#armed.filter((each) => each !== fault)
    return fault
  }
}

/** `/_faults`: GET lists, POST arms one, DELETE clears. Only JSON is taken, so that no web page can send it unasked. */
export function faultsRoute(faults: Faults, asked: Asked): Told {
  if (asked.method === 'DELETE') faults.clear()
  else if (asked.method === 'POST') {
    if (!(asked.headers['content-type'] ?? '').startsWith('application/json')) return json(415, { error: 'JSON only' })
    const order = shape.safeParse(jsonOrNull(asked.body))
    if (!order.success) return json(400, { error: z.prettifyError(order.error) })
    faults.arm(order.data)
  } else if (asked.method !== 'GET') return json(405, { error: 'GET, POST or DELETE' })
  return json(200, { armed: faults.list() })
}
