import type { PoolClient } from 'pg'
import { runPipeline, type StatementResult } from './pipeline.ts'
import type { SqlRequest } from './request.ts'

/**
 * Where a test cuts the line. `before: n` sends the first n statements of the request and then drops the connection;
 * `beforeCommit` drops it after the last statement; `afterCommit` lets everything happen and then drops the answer.
 */
export type Fault = { before: number } | 'beforeCommit' | 'afterCommit'

/** The connection was cut on purpose: the caller gets no answer at all, as when a cable is pulled. */
export class CutConnection extends Error {
  override name = 'CutConnection'
}

/** Runs the request and returns one result per statement. Whatever fails leaves nothing of it behind. */
export async function runRequest(client: PoolClient, request: SqlRequest, fault: Fault | null): Promise<StatementResult[]> {
  if (fault !== null && fault !== 'afterCommit') return cut(client, request, fault)
  const results = request.isBatch ? await runBatch(client, request) : await runPipeline(client, request.statements)
  if (fault === 'afterCommit') throw new CutConnection()
  return results
}

async function runBatch(client: PoolClient, request: SqlRequest): Promise<StatementResult[]> {
  const whole = [plain(request.begin), ...request.statements, plain('COMMIT')]
  const results = await runPipeline(client, whole)
  const commit = results.at(-1)
  // A COMMIT of a transaction that failed inside answers ROLLBACK without an error.
  if (commit?.command !== 'COMMIT') throw new Error('The transaction was rolled back.')
  return results.slice(1, -1)
}

/** The server undoes an open transaction as soon as its client is gone. */
async function cut(client: PoolClient, request: SqlRequest, fault: { before: number } | 'beforeCommit'): Promise<never> {
  const sent = fault === 'beforeCommit' ? request.statements : request.statements.slice(0, fault.before)
  await runPipeline(client, [plain(request.begin), ...sent])
  throw new CutConnection()
}

const plain = (text: string): { text: string; values: [] } => ({ text, values: [] })
