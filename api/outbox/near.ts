/** What comes later than this is left to whoever drains next. */
const NEAR_MS = 8_000

/** When those of the rows that failed may be tried again that come soon enough to be waited for. */
export class Near {
  #at: number[] = []

  /** What was near when the round began has been tried in it. */
  note(beganAt: number, againInMs: readonly number[]): void {
    const now = performance.now()
    const further = againInMs.filter((ms) => ms <= NEAR_MS).map((ms) => now + ms)
    this.#at = [...this.#at.filter((at) => at > beganAt), ...further]
  }

  /** How long to wait for the first of them, at least a moment; null when there is nothing to wait for. */
  waitMs(): number | null {
    return this.#at.length === 0 ? null : Math.max(1, Math.min(...this.#at) - performance.now())
  }
}
