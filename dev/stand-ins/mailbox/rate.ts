/** What a team may ask within a second, over all its keys: https://resend.com/docs/api-reference/rate-limit */
const RESEND_PER_SECOND = 5

const SECOND_MS = 1000

/**
 * Counts the requests of the last second. Whether Resend's own second slides is not said; one that does refuses whatever a fixed one refuses.
 * Refused requests are not counted.
 */
export class Rate {
  readonly #perSecond: number
  #taken: number[] = []

  constructor(perSecond = RESEND_PER_SECOND) {
    this.#perSecond = perSecond
  }

  /** Takes one more request, or not, and says what every answer is told of it. */
  take(now = performance.now()): { isOver: boolean; headers: Record<string, string> } {
    this.#taken = this.#taken.filter((at) => at > now - SECOND_MS)
    const isOver = this.#taken.length >= this.#perSecond
    if (!isOver) this.#taken.push(now)
    const [oldest = now] = this.#taken
    // Whole milliseconds, because a fraction that is added and taken away again may leave a second and a little.
    const reset = String(Math.max(1, Math.ceil(Math.round(oldest + SECOND_MS - now) / SECOND_MS)))
    const headers = {
      'ratelimit-limit': String(this.#perSecond),
      'ratelimit-remaining': String(this.#perSecond - this.#taken.length),
      'ratelimit-reset': reset,
    }
    return { isOver, headers: isOver ? { ...headers, 'retry-after': reset } : headers }
  }
}
