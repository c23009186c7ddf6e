/** Letters typed one after another are one word; after this long the next begins a new one. */
const WORD_PAUSE = 700

/** Where a key of movement leads from the item at `at`, -1 for none. */
export function destination(key: string, at: number, count: number): number | undefined {
  return { ArrowDown: (at + 1) % count, ArrowUp: (at <= 0 ? count : at) - 1, Home: 0, End: count - 1 }[key]
}

const plain = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').trim().toLowerCase()

/** The item that begins with what was typed. The same letter again walks on through all that begin with it. */
export function itemNamed(typed: string, labels: readonly string[], at: number): number | undefined {
  const word = plain(typed)
  const letter = word[0] ?? ''
  const walks = word === letter.repeat(word.length)
  const from = Math.max(0, walks ? at + 1 : at)
  const order = labels.map((_, index) => (from + index) % labels.length)
  return order.find((index) => plain(labels[index] ?? '').startsWith(walks ? letter : word))
}

/** The letters typed so far, by the clock of the keys themselves. */
export class Typed {
  #text = ''
  #at = -Infinity

  isGoingOn(now: number): boolean {
    return this.#text !== '' && now - this.#at < WORD_PAUSE
  }

  add(letter: string, now: number): string {
    this.#text = this.isGoingOn(now) ? this.#text + letter : letter
    this.#at = now
    return this.#text
  }
}
