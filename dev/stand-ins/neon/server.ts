import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { DatabaseError } from 'pg'
import { listen } from '#dev/environment/free-ports.ts'
import { PlainError, sentenceOf } from '#dev/plain-error.ts'
import { cameByOurName } from '#dev/stand-ins/shared/loopback.ts'
import { readBody } from '#dev/stand-ins/shared/read-body.ts'
import { Answer, errorOf, ResponseTooLarge } from './answer.ts'
import { Pools } from './pools.ts'
import { readRequest, type SqlRequest } from './request.ts'
import { CutConnection, runRequest, type Fault, type How } from './run.ts'

export interface NeonHttpOptions {
  /** Loopback port; 0 or none takes a free one. */
  port?: number
  /** Database hosts that callers may name; this machine only, unless told. */
  allowedHosts?: string[]
  maxConnections?: number
  maxDatabases?: number
  idleTimeoutMs?: number
  statementTimeoutMs?: number
  /** What each trip between the front and the database takes longer than on one machine; none unless told. */
  tripMs?: number
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

/** What Neon's proxy takes and gives: 10 MiB each way. */
const MAX_BYTES = 10 * 1024 * 1024
const LOOPBACK = ['127.0.0.1', 'localhost']

/**
 * Speaks Neon's HTTP protocol in front of any PostgreSQL, as Neon's proxy does (neondatabase/neon, proxy/src/serverless/sql_over_http.rs): a request
 * is one statement, or a batch that is START TRANSACTION, each statement and COMMIT, one after another, each parsed anew. The product's own driver
 * talks to it exactly as it talks to Neon.
 */
export async function startNeonHttp(options: NeonHttpOptions = {}): Promise<RunningNeonHttp> {
  const pools = new Pools({
    allowedHosts: options.allowedHosts ?? LOOPBACK,
    maxConnections: options.maxConnections ?? 24,
    maxDatabases: options.maxDatabases ?? 64,
    idleTimeoutMs: options.idleTimeoutMs ?? 10_000,
    statementTimeoutMs: options.statementTimeoutMs ?? 30_000,
  })
  const howOf = (request: SqlRequest): How => ({ fault: options.fault?.(request) ?? null, tripMs: options.tripMs ?? 0 })
  const server = createServer((request, response) => void serve(request, response, pools, howOf))
  const port = await listen(server, options.port ?? 0)
  const stop = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    server.closeAllConnections()
    await closed
    await pools.close()
  }
  return { endpoint: `http://127.0.0.1:${port}/sql`, url: `http://127.0.0.1:${port}`, port, stop }
}

async function serve(request: IncomingMessage, response: ServerResponse, pools: Pools, howOf: (asked: SqlRequest) => How): Promise<void> {
  try {
    if (!cameByOurName(request.headers.host)) return send(response, 421, JSON.stringify('This server answers under its own address only.'))
    if (request.method !== 'POST' || request.url !== '/sql') return send(response, 400, JSON.stringify('query is not supported'))
    const text = await readBody(request, MAX_BYTES)
    // What was not read of the body would be taken for the next request.
    if (text === null)
      return send(
        response.setHeader('connection', 'close'),
        413,
        JSON.stringify(errorOf(`request is too large (max is ${MAX_BYTES} bytes)`)),
      )
    const asked = readRequest(request.headers, text)
    send(response, 200, await execute(asked, response, pools, howOf(asked)))
  } catch (error) {
    if (error instanceof CutConnection) return void request.socket.destroy()
    const said = error instanceof DatabaseError ? errorOf(error.message, error) : errorOf(sentenceOf(error))
    send(response, statusOf(error), JSON.stringify(said))
  }
}

function statusOf(error: unknown): number {
  if (error instanceof ResponseTooLarge) return 507
  return error instanceof DatabaseError || error instanceof PlainError ? 400 : 500
}

async function execute(asked: SqlRequest, response: ServerResponse, pools: Pools, how: How): Promise<string> {
  const loan = await pools.borrow(asked.connectionString)
  const { client } = loan
  const answer = new Answer(MAX_BYTES)
  let spoilt = true
  // A caller that hangs up takes its connection along, so that a statement stuck on a lock does not stay behind.
  const hangUp = (): void => void client.connection.stream.destroy()
  response.once('close', hangUp)
  try {
    await runRequest(client, asked, answer, how)
    spoilt = false
    return answer.text(asked.isBatch)
  } catch (error) {
    // Neon keeps the connection of a batch that it rolled back, and none of a single statement that failed.
    spoilt = !(asked.isBatch && error instanceof DatabaseError)
    throw error
  } finally {
    response.off('close', hangUp)
    loan.giveBack(spoilt)
  }
}

function send(response: ServerResponse, status: number, body: string): void {
  if (response.destroyed) return
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body)
}
