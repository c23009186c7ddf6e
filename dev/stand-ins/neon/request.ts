import type { IncomingHttpHeaders } from 'node:http'
import * as z from 'zod'
import { PlainError } from '#dev/plain-error.ts'
import type { Statement } from './pipeline.ts'

const query = z.object({ query: z.string(), params: z.array(z.unknown()).default([]) })
const body = z.union([z.object({ queries: z.array(query).max(10_000) }), query])

export interface SqlRequest {
  connectionString: string
  /** A batch runs as one transaction; a single statement commits by itself. */
  isBatch: boolean
  statements: Statement[]
  /** What opens the batch's transaction. */
  begin: string
  rowsAsArrays: boolean
}

const LEVELS: Record<string, string> = {
  readuncommitted: 'READ UNCOMMITTED',
  readcommitted: 'READ COMMITTED',
  repeatableread: 'REPEATABLE READ',
  serializable: 'SERIALIZABLE',
}

/** Reads a request of Neon's HTTP protocol, or says in one sentence what is wrong with it. */
export function readRequest(headers: IncomingHttpHeaders, text: string): SqlRequest {
  const connectionString = header(headers, 'neon-connection-string')
  if (connectionString === '') throw new PlainError('The header Neon-Connection-String is missing.')
  if (header(headers, 'neon-raw-text-output') !== 'true') throw new PlainError('This server answers with Neon-Raw-Text-Output: true only.')
  const parsed = body.safeParse(parseJson(text))
  if (!parsed.success) throw new PlainError('The body is neither {query, params} nor {queries: […]}.')
  const queries = 'queries' in parsed.data ? parsed.data.queries : [parsed.data]
  return {
    connectionString,
    isBatch: 'queries' in parsed.data,
    statements: queries.map((one) => ({ text: one.query, values: one.params.map(toText) })),
    begin: beginOf(headers),
    rowsAsArrays: header(headers, 'neon-array-mode') === 'true',
  }
}

function beginOf(headers: IncomingHttpHeaders): string {
  const level = header(headers, 'neon-batch-isolation-level')
  const words = ['BEGIN']
  if (level !== '') {
    const name = LEVELS[level.replaceAll(/[ _-]/g, '').toLowerCase()]
    if (name === undefined) throw new PlainError(`Unknown isolation level "${level}".`)
    words.push(`ISOLATION LEVEL ${name}`)
  }
  if (header(headers, 'neon-batch-read-only') === 'true') words.push('READ ONLY')
  if (header(headers, 'neon-batch-deferrable') === 'true') words.push('DEFERRABLE')
  return words.join(' ')
}

function header(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name]
  return typeof value === 'string' ? value : ''
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new PlainError('The body is not JSON.')
  }
}

/** Neon's driver already sends text; other clients may send JSON's own values. */
function toText(value: unknown): string | null {
  if (value === null || value === undefined) return null
  return typeof value === 'string' ? value : JSON.stringify(value)
}
