import { setTimeout as sleep } from 'node:timers/promises'
import type { PoolClient } from 'pg'
import type { Answer } from './answer.ts'
import type { SqlRequest } from './request.ts'
import { runStatement, type Statement } from './statement.ts'

/**
 * Where a test cuts the line. `before: n` sends the first n statements of the request and then drops the connection;
 * `beforeCommit` drops it after the last statement; `afterCommit` lets everything happen and then drops the answer.
 */
export type Fault = { before: number } | 'beforeCommit' | 'afterCommit'

export interface How {
  fault: Fault | null
  /** What each trip between the proxy and its database takes; there are as many as statements, and two more for a batch. */
  tripMs: number
}

/** The connection was cut on purpose: the caller gets no answer at all, as when a cable is pulled. */
export class CutConnection extends Error {
  override name = 'CutConnection'
}

/** Runs the request into `answer`. Whatever fails in a batch leaves nothing of it behind. */
export async function runRequest(client: PoolClient, request: SqlRequest, answer: Answer, how: How): Promise<void> {
  const trips = new Trips(client, answer, how.tripMs)
  const { fault } = how
  if (fault !== null && fault !== 'afterCommit') {
    await trips.command(request.begin)
    await trips.statements(fault === 'beforeCommit' ? request.statements : request.statements.slice(0, fault.before))
    // The server undoes an open transaction as soon as its client is gone.
    throw new CutConnection()
  }
  if (request.isBatch) await runBatch(trips, request)
  else await trips.statements(request.statements)
  if (fault === 'afterCommit') throw new CutConnection()
}

async function runBatch(trips: Trips, request: SqlRequest): Promise<void> {
  await trips.command(request.begin)
  try {
    await trips.statements(request.statements)
  } catch (error) {
    await trips.command('ROLLBACK')
    throw error
  }
  // A COMMIT of a transaction that failed inside answers ROLLBACK without an error.
  if ((await trips.command('COMMIT')) !== 'COMMIT') throw new Error('The transaction was rolled back.')
}

/** Between the proxy and its database one thing is said at a time, and each waits for its answer. */
class Trips {
  readonly #client: PoolClient
  readonly #answer: Answer
  readonly #tripMs: number

  constructor(client: PoolClient, answer: Answer, tripMs: number) {
    this.#client = client
    this.#answer = answer
    this.#tripMs = tripMs
  }

  async command(text: string): Promise<string> {
    await this.#travel()
    return (await this.#client.query(text)).command
  }

  async statements(statements: readonly Statement[]): Promise<void> {
    for (const statement of statements) {
      await this.#travel()
      await runStatement(this.#client, statement, this.#answer)
      this.#answer.mustFit()
    }
  }

  async #travel(): Promise<void> {
    if (this.#tripMs > 0) await sleep(this.#tripMs)
  }
}
