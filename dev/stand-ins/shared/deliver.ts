import type { Faults } from './faults.ts'
import { send } from './loopback.ts'

export type Parcel = { kind: string; url: string; headers: () => Record<string, string>; body: string }

export type WebhookSenderOptions = {
  faults: Faults
  attempts: number
  /** Waiting time before try n + 1, in ms. */
  backoffMs: (tries: number) => number
  timeoutMs: number
}

export type Delivery = { kind: string; tries: number; status: number | null; done: boolean }

/** How many deliveries are remembered for `/_deliveries`. */
const KEPT = 500

const WEBHOOK_FAULTS = ['webhook_lost', 'webhook_duplicate', 'webhook_late', 'webhook_reordered'] as const

/** Delivers webhooks as real providers do: again and again until a 2xx or the last attempt, and badly when a fault says so. */
export class WebhookSender {
  readonly #options: WebhookSenderOptions
  readonly #timers = new Map<NodeJS.Timeout, () => void>()
  readonly deliveries: Delivery[] = []
  #held: Parcel[] = []
  #stopped = false

  constructor(options: WebhookSenderOptions) {
    this.#options = options
  }

  /** Returns at once; the parcel is on its way. */
  post(parcel: Parcel): void {
    const fault = this.#options.faults.strike(WEBHOOK_FAULTS, parcel.kind)
    if (fault?.fault === 'webhook_lost') {
      this.#note({ kind: parcel.kind, tries: 0, status: null, done: true })
      return
    }
    if (fault?.fault === 'webhook_reordered') {
      this.#held.push(parcel)
      void this.#wait(fault.delayMs).then(() => this.#release(parcel))
      return
    }
    const copies = fault?.fault === 'webhook_duplicate' ? fault.copies : 1
    const delayMs = fault?.fault === 'webhook_late' ? fault.delayMs : 0
    for (let i = 0; i < copies; i += 1) void this.#deliver(parcel, delayMs)
  }

  stop(): void {
    this.#stopped = true
    for (const [timer, wake] of this.#timers) {
      clearTimeout(timer)
      wake()
    }
    this.#timers.clear()
  }

  async #deliver(parcel: Parcel, delayMs: number): Promise<void> {
    const delivery: Delivery = { kind: parcel.kind, tries: 0, status: null, done: false }
    this.#note(delivery)
    if (delayMs > 0) await this.#wait(delayMs)
    const { attempts, backoffMs, timeoutMs } = this.#options
    while (!this.#stopped && delivery.tries < attempts) {
      if (delivery.tries > 0) await this.#wait(backoffMs(delivery.tries))
      if (this.#stopped) break
      delivery.tries += 1
      delivery.status = await send({ method: 'POST', url: parcel.url, headers: parcel.headers(), body: parcel.body, timeoutMs }).then(
        (heard) => heard.status,
        () => null,
      )
      if (delivery.status !== null && delivery.status >= 200 && delivery.status < 300) break
    }
    delivery.done = true
    for (const held of this.#held) this.#release(held)
  }

  #release(parcel: Parcel): void {
    if (!this.#held.includes(parcel)) return
    this.#held = this.#held.filter((each) => each !== parcel)
    void this.#deliver(parcel, 0)
  }

  #note(delivery: Delivery): void {
    this.deliveries.push(delivery)
    if (this.deliveries.length > KEPT) this.deliveries.shift()
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#timers.delete(timer)
        resolve()
      }, ms)
      this.#timers.set(timer, resolve)
    })
  }
}

/** Doubling from `firstMs`, never above a minute. */
export const doubling =
  (firstMs: number) =>
  (tries: number): number =>
    Math.min(60_000, firstMs * 2 ** (tries - 1))
