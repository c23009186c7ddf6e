import type { Client, Connection, FieldDef, Submittable } from 'pg'
import type { Answer } from './answer.ts'

export interface Statement {
  text: string
  /** Already in PostgreSQL's text form; null is SQL's null. */
  values: (string | null)[]
  rowsAsArrays: boolean
}

/**
 * One statement as Neon's proxy sends it: parsed anew under no name, described, bound and executed in one go, with a Sync of its own. The next one
 * leaves when this one was answered.
 */
export function runStatement(client: Client, statement: Statement, answer: Answer): Promise<void> {
  return new Promise((resolve, reject) => {
    client.query(new Exchange(statement, answer, resolve, reject))
  })
}

class Exchange implements Submittable {
  readonly #statement: Statement
  readonly #answer: Answer
  readonly #resolve: () => void
  readonly #reject: (error: Error) => void
  #fields: FieldDef[] = []

  constructor(statement: Statement, answer: Answer, resolve: () => void, reject: (error: Error) => void) {
    this.#statement = statement
    this.#answer = answer
    this.#resolve = resolve
    this.#reject = reject
  }

  submit(connection: Connection): void {
    this.#answer.begin(this.#statement.rowsAsArrays)
    connection.stream.cork()
    connection.parse({ name: '', text: this.#statement.text, types: [] }, true)
    connection.bind({ values: this.#statement.values }, true)
    connection.describe({ type: 'P', name: '' }, true)
    connection.execute({}, true)
    connection.sync()
    connection.stream.uncork()
  }

  handleRowDescription(message: { fields: FieldDef[] }): void {
    this.#fields = message.fields
  }

  handleDataRow(message: { fields: (string | null)[] }): void {
    this.#answer.row(this.#fields, message.fields)
  }

  handleCommandComplete(message: { text: string }): void {
    this.#answer.end(this.#fields, message.text)
  }

  handleEmptyQuery(): void {
    this.#answer.end([], '')
  }

  handlePortalSuspended(): void {}

  /** The Sync that was already sent is ignored while the server waits for copied rows, so it is sent again. */
  handleCopyInResponse(connection: Connection & { sendCopyFail(why: string): void }): void {
    connection.sendCopyFail('COPY does not work over HTTP')
    connection.sync()
  }

  handleCopyData(): void {}

  handleError(error: Error): void {
    this.#reject(error)
  }

  handleReadyForQuery(): void {
    this.#resolve()
  }
}
