import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { DatabaseError } from 'pg'
import { listen } from '#dev/environment/free-ports.ts'
import { PlainError, sentenceOf } from '#dev/plain-error.ts'
import { cameByOurName } from '#dev/stand-ins/shared/loopback.ts'
import { readBody } from '#dev/stand-ins/shared/read-body.ts'
import { answerOf, errorOf } from './answer.ts'
import { Pools } from './pools.ts'
import { forgetAll } from './prepared.ts'
import { readRequest, type SqlRequest } from './request.ts'
import { CutConnection, runRequest, type Fault } from './run.ts'

export interface NeonHttpOptions {
  /** Loopback port; 0 or none takes a free one. */
  port?: number
  /** Database hosts that callers may name; this machine only, unless told. */
  allowedHosts?: string[]
  maxConnections?: number
  maxDatabases?: number
  idleTimeoutMs?: number
  statementTimeoutMs?: number
  /** Asked before each request: where to cut the line, for tests of what a crash leaves behind. */
  fault?: (request: SqlRequest) => Fault | null
}

export interface RunningNeonHttp {
  /** What a client takes as its fetch endpoint, ending in /sql. */
  endpoint: string
  url: string
  port: number
  stop(): Promise<void>
}

const MAX_BODY_BYTES = 32 * 1024 * 1024
const LOOPBACK = ['127.0.0.1', 'localhost']

/**
 * Speaks Neon's HTTP protocol in front of any PostgreSQL: one request is one statement, or a batch that is one
 * transaction. The product's own driver talks to it exactly as it talks to Neon.
 */
export async function startNeonHttp(options: NeonHttpOptions = {}): Promise<RunningNeonHttp> {
  const pools = new Pools({
    allowedHosts: options.allowedHosts ?? LOOPBACK,
    maxConnections: options.maxConnections ?? 24,
    maxDatabases: options.maxDatabases ?? 64,
    idleTimeoutMs: options.idleTimeoutMs ?? 10_000,
    statementTimeoutMs: options.statementTimeoutMs ?? 30_000,
  })
  const server = createServer((request, response) => void serve(request, response, pools, options.fault ?? (() => null)))
  const port = await listen(server, options.port ?? 0)
  const stop = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    server.closeAllConnections()
    await closed
    await pools.close()
  }
  return { endpoint: `http://127.0.0.1:${port}/sql`, url: `http://127.0.0.1:${port}`, port, stop }
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  pools: Pools,
  fault: (request: SqlRequest) => Fault | null,
): Promise<void> {
  try {
    if (!cameByOurName(request.headers.host)) return send(response, 421, { message: 'This host is not served.' })
    if (request.url === '/health') return send(response, 200, { ok: true })
    if (request.method !== 'POST' || request.url !== '/sql') return send(response, 404, { message: 'Only POST /sql is here.' })
    const text = await readBody(request, MAX_BODY_BYTES)
    if (text === null) return send(response, 413, { message: 'The body is too large.' })
    const asked = readRequest(request.headers, text)
    send(response, 200, await execute(asked, response, pools, fault(asked)))
  } catch (error) {
    if (error instanceof CutConnection) return void request.socket.destroy()
    if (error instanceof DatabaseError) return send(response, 400, errorOf(error))
    send(response, error instanceof PlainError ? 400 : 500, { message: sentenceOf(error) })
  }
}

async function execute(asked: SqlRequest, response: ServerResponse, pools: Pools, fault: Fault | null): Promise<unknown> {
  const loan = await pools.borrow(asked.connectionString)
  const { client } = loan
  let spoilt = true
  // A caller that hangs up takes its connection along, so that a statement stuck on a lock does not stay behind.
  const hangUp = (): void => void client.connection.stream.destroy()
  response.once('close', hangUp)
  try {
    const results = await runOnce(client, asked, fault)
    spoilt = false
    return asked.isBatch ? { results: results.map((one) => answerOf(one, asked.rowsAsArrays)) } : answerOf(results[0], asked.rowsAsArrays)
  } catch (error) {
    spoilt = !(error instanceof DatabaseError) || !(await undo(client, asked))
    throw error
  } finally {
    response.off('close', hangUp)
    loan.giveBack(spoilt)
  }
}

async function runOnce(client: Parameters<typeof runRequest>[0], asked: SqlRequest, fault: Fault | null): ReturnType<typeof runRequest> {
  try {
    return await runRequest(client, asked, fault)
  } catch (error) {
    // A prepared plan outlived a change of its table. Nothing was done, so a fresh plan may try once more.
    if (!(error instanceof DatabaseError) || error.code !== '0A000' || !/cached plan/.test(error.message)) throw error
    await undo(client, asked)
    await client.query('DEALLOCATE ALL')
    forgetAll(client.connection)
    return runRequest(client, asked, fault)
  }
}

/** Leaves the connection outside any transaction; false when that failed and it must be closed. */
async function undo(client: Parameters<typeof runRequest>[0], asked: SqlRequest): Promise<boolean> {
  if (!asked.isBatch) return true
  return client.query('ROLLBACK').then(
    () => true,
    () => false,
  )
}

function send(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed) return
  const text = JSON.stringify(body)
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }).end(text)
}
