import { PlainError } from '#dev/plain-error.ts'

/** What was started, in order, so that it can be stopped in the opposite order whatever happens in between. */
export class Stack {
  #stops: (() => Promise<unknown>)[] = []
  #unwinding: Promise<void> | null = null

  get isClosed(): boolean {
    return this.#unwinding !== null
  }

  /** Remembers how to stop something. When stopping has begun meanwhile it is stopped at once, and the start goes no further. */
  async add(stop: () => Promise<unknown>): Promise<void> {
    if (!this.isClosed) {
      this.#stops.push(stop)
      return
    }
    await stop()
    throw new PlainError('Stopped while starting.')
  }

  /** Stops everything; one stop that fails keeps no other from being stopped. Further calls wait for the first. */
  unwind(): Promise<void> {
    this.#unwinding ??= this.#unwind()
    return this.#unwinding
  }

  async #unwind(): Promise<void> {
    const failures: unknown[] = []
    for (let stop = this.#stops.pop(); stop !== undefined; stop = this.#stops.pop()) {
      await stop().catch((error: unknown) => failures.push(error))
    }
    if (failures.length > 0) throw failures[0]
  }
}
