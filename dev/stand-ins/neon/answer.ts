import type { DatabaseError, FieldDef } from 'pg'

/** More was found than the answer may hold. Nobody can tell from it whether a single statement was committed; a batch was undone. */
export class ResponseTooLarge extends Error {
  override name = 'ResponseTooLarge'
}

/**
 * What goes back, written while the rows arrive and counted as Neon counts: after each row, everything so far. What is more than it may hold is read
 * to its end and forgotten.
 */
export class Answer {
  readonly #maxBytes: number
  readonly #results: string[] = []
  #rowsAsArrays = false
  #rows: string[] = []
  #bytes = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  begin(rowsAsArrays: boolean): void {
    this.#rowsAsArrays = rowsAsArrays
    this.#rows = []
  }

  /** Every value is PostgreSQL's own text, the driver knows the types. */
  row(fields: readonly FieldDef[], values: readonly (string | null)[]): void {
    if (this.#isTooLarge()) return
    const row = this.#rowsAsArrays ? values : Object.fromEntries(fields.map((field, index) => [field.name, values[index] ?? null]))
    const text = JSON.stringify(row)
    this.#bytes += Buffer.byteLength(text) + 1
    this.#rows.push(text)
  }

  end(fields: readonly FieldDef[], commandTag: string): void {
    if (this.#isTooLarge()) return
    const { command, rowCount } = readTag(commandTag)
    const head = JSON.stringify({ rowAsArray: this.#rowsAsArrays, command, rowCount, fields })
    this.#bytes += Buffer.byteLength(head)
    this.#results.push(`${head.slice(0, -1)},"rows":[${this.#rows.join(',')}]}`)
  }

  mustFit(): void {
    if (this.#isTooLarge()) throw new ResponseTooLarge(`response is too large (max is ${this.#maxBytes} bytes)`)
  }

  text(isBatch: boolean): string {
    return isBatch ? `{"results":[${this.#results.join(',')}]}` : (this.#results[0] ?? '{}')
  }

  #isTooLarge(): boolean {
    return this.#bytes > this.#maxBytes
  }
}

/** The tag's first word, and its last when that is a number: "INSERT 0 2" and "SELECT 5" count, "CREATE TABLE" is CREATE. */
function readTag(tag: string): { command: string; rowCount: number | null } {
  const words = tag.split(' ')
  const count = Number(words.at(-1))
  return { command: words[0] ?? '', rowCount: words.length > 1 && Number.isInteger(count) ? count : null }
}

const ERROR_FIELDS = [
  'detail',
  'hint',
  'position',
  'internalPosition',
  'internalQuery',
  'where',
  'schema',
  'table',
  'column',
  'dataType',
  'constraint',
  'file',
  'line',
  'routine',
] as const

/** An error under the names that Neon's driver copies: PostgreSQL's own words about it, or none of them when the front itself refused. */
export function errorOf(message: string, said: Partial<DatabaseError> = {}): Record<string, unknown> {
  const details = Object.fromEntries(ERROR_FIELDS.map((name) => [name, said[name] ?? null]))
  return { message, code: said.code ?? '', severity: said.severity ?? '', ...details }
}
