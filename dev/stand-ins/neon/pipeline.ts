import type { Client, Connection, FieldDef, Submittable } from 'pg'
import { nameOf, remember, wasParsed } from './prepared.ts'

export interface Statement {
  text: string
  /** Already in PostgreSQL's text form; null is SQL's null. */
  values: (string | null)[]
}

export interface StatementResult {
  fields: FieldDef[]
  rows: (string | null)[][]
  command: string
  rowCount: number | null
}

/**
 * Statements sent in one go, with a single Sync at their end. PostgreSQL answers them one after the other and skips
 * everything up to the Sync after an error, so a COMMIT that follows a failed statement is never run. This is what
 * makes a batch cost one round trip instead of one per statement.
 */
export function runPipeline(client: Client, statements: Statement[]): Promise<StatementResult[]> {
  return new Promise((resolve, reject) => {
    client.query(new Pipeline(client.connection, statements, resolve, reject))
  })
}

class Pipeline implements Submittable {
  readonly #connection: Connection
  readonly #statements: Statement[]
  readonly #resolve: (results: StatementResult[]) => void
  readonly #reject: (error: Error) => void
  readonly #results: StatementResult[] = []
  readonly #awaitedNames: string[] = []
  #current = empty()

  constructor(
    connection: Connection,
    statements: Statement[],
    resolve: (results: StatementResult[]) => void,
    reject: (error: Error) => void,
  ) {
    this.#connection = connection
    this.#statements = statements
    this.#resolve = resolve
    this.#reject = reject
  }

  submit(connection: Connection): void {
    connection.on('parseComplete', this.#parsed)
    connection.stream.cork()
    for (const { text, values } of this.#statements) {
      const name = nameOf(text)
      if (!wasParsed(connection, name) && !this.#awaitedNames.includes(name)) {
        connection.parse({ name, text, types: [] }, true)
        this.#awaitedNames.push(name)
      }
      connection.bind({ statement: name, values }, true)
      connection.describe({ type: 'P', name: '' }, true)
      connection.execute({}, true)
    }
    connection.sync()
    connection.stream.uncork()
  }

  /** A name counts as prepared only when the server has said so: an error before it leaves it unknown. */
  readonly #parsed = (): void => {
    const name = this.#awaitedNames.shift()
    if (name !== undefined) remember(this.#connection, name)
  }

  handleRowDescription(message: { fields: FieldDef[] }): void {
    this.#current.fields = message.fields
  }

  handleDataRow(message: { fields: (string | null)[] }): void {
    this.#current.rows.push(message.fields)
  }

  handleCommandComplete(message: { text: string }): void {
    const words = message.text.split(' ')
    const count = Number(words.at(-1))
    this.#current.rowCount = words.length > 1 && Number.isInteger(count) ? count : null
    this.#current.command = Number.isInteger(count) ? (words[0] ?? '') : message.text
    this.#results.push(this.#current)
    this.#current = empty()
  }

  handleEmptyQuery(): void {
    this.#results.push(this.#current)
    this.#current = empty()
  }

  handlePortalSuspended(): void {}

  /** The Sync that was already sent is ignored while the server waits for copied rows, so it is sent again. */
  handleCopyInResponse(connection: Connection & { sendCopyFail(why: string): void }): void {
    connection.sendCopyFail('COPY does not work over HTTP')
    connection.sync()
  }

  handleCopyData(): void {}

  handleError(error: Error): void {
    this.#connection.removeListener('parseComplete', this.#parsed)
    this.#reject(error)
  }

  handleReadyForQuery(): void {
    this.#connection.removeListener('parseComplete', this.#parsed)
    this.#resolve(this.#results)
  }
}

function empty(): StatementResult {
  return { fields: [], rows: [], command: '', rowCount: null }
}
