/** A bounded memory of one process: the oldest entry leaves when it is full, and each entry has its own end. */
export class LinkMemory<Value> {
  readonly #entries = new Map<string, { value: Value; freshUntil: number }>()
  readonly #most: number

  constructor(most: number) {
    this.#most = most
  }

  /** What is known and still fresh. */
  fresh(key: string, nowMs: number): Value | undefined {
    const entry = this.#entries.get(key)
    return entry && entry.freshUntil > nowMs ? entry.value : undefined
  }

  /** What was known last, however old: for when nothing newer can be read. */
  last(key: string): Value | undefined {
    return this.#entries.get(key)?.value
  }

  put(key: string, value: Value, freshUntil: number): void {
    this.#entries.delete(key)
    if (this.#entries.size >= this.#most) {
      const oldest = this.#entries.keys().next()
      if (!oldest.done) this.#entries.delete(oldest.value)
    }
    this.#entries.set(key, { value, freshUntil })
  }

  delete(key: string): void {
    this.#entries.delete(key)
  }
}
