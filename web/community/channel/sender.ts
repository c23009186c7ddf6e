import type { MessageView } from '#domain/community/chat-frames.ts'
import type { PendingMessage } from '#domain/community/chat-order.ts'
import { ApiError, messageOf } from '#web/data/api-error.ts'
import type { ChannelApi } from './channel-api.ts'

/** Waits between tries when no answer came; after the last one the writer decides. */
const RETRY_AFTER_MS = [1_000, 3_000, 8_000]

export interface SenderEvents {
  /** The next message to send, oldest first; null when there is none. */
  next(): PendingMessage | null
  sent(message: MessageView): void
  failed(clientId: string, why: { errorCode: string; errorText: string }): void
}

/**
 * Sends one message at a time, so that they arrive in the order they were written. Repeating is harmless: the API
 * finds a message by its `clientId`.
 */
export class Sender {
  readonly #api: Pick<ChannelApi, 'post'>
  readonly #events: SenderEvents
  #isRunning = false
  #isStopped = false
  #wake: () => void = () => undefined

  constructor(api: Pick<ChannelApi, 'post'>, events: SenderEvents) {
    this.#api = api
    this.#events = events
  }

  /** Sends all that waits. Called again while it runs, it only ends a pause between two tries. */
  async run(): Promise<void> {
    this.#wake()
    this.#isStopped = false
    if (this.#isRunning) return
    this.#isRunning = true
    for (let message = this.#events.next(); message && !this.#isStopped; message = this.#events.next()) await this.#send(message)
    this.#isRunning = false
  }

  stop(): void {
    this.#isStopped = true
    this.#wake()
  }

  async #send({ clientId, content, replyToId }: PendingMessage): Promise<void> {
    for (const pause of [...RETRY_AFTER_MS, null]) {
      try {
        return this.#events.sent(await this.#api.post({ clientId, content, replyToId }))
      } catch (error) {
        const code = error instanceof ApiError ? error.code : 'internal'
        const mayPass = error instanceof ApiError && (error.status === 0 || error.status >= 500)
        if (!mayPass || pause === null) return this.#events.failed(clientId, { errorCode: code, errorText: messageOf(error) })
        await this.#pause(pause)
        if (this.#isStopped) return
      }
    }
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
