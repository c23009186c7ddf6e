import type { IncomingHttpHeaders } from 'node:http'
import * as z from 'zod'
import { PlainError } from '#dev/plain-error.ts'
import type { Statement } from './statement.ts'

const query = z.object({ query: z.string(), params: z.array(z.unknown()).default([]), arrayMode: z.boolean().nullish() })
/** A body that is both is taken for a single statement, as Neon takes it. */
const body = z.union([query, z.object({ queries: z.array(query).max(10_000) })])

export interface SqlRequest {
  connectionString: string
  /** A batch runs as one transaction; a single statement commits by itself. */
  isBatch: boolean
  statements: Statement[]
  /** What opens the batch's transaction. */
  begin: string
}

/** Written exactly so, as Neon's driver writes them. */
const LEVELS: ReadonlyMap<string, string> = new Map([
  ['ReadUncommitted', 'READ UNCOMMITTED'],
  ['ReadCommitted', 'READ COMMITTED'],
  ['RepeatableRead', 'REPEATABLE READ'],
  ['Serializable', 'SERIALIZABLE'],
])

/**
 * Reads a request of Neon's HTTP protocol, or says in one sentence what is wrong with it: Neon's own where Neon refuses it. Stricter than Neon in one
 * thing: without Neon-Raw-Text-Output it would convert values, which the driver never asks for.
 */
export function readRequest(headers: IncomingHttpHeaders, text: string): SqlRequest {
  const connectionString = header(headers, 'neon-connection-string')
  if (connectionString === '') throw new PlainError('invalid header: neon-connection-string')
  const begin = beginOf(headers)
  if (header(headers, 'neon-raw-text-output') !== 'true') throw new PlainError('This server answers with Neon-Raw-Text-Output: true only.')
  const parsed = body.safeParse(parseJson(text))
  if (!parsed.success)
    throw new PlainError('could not parse the HTTP request body: data did not match any variant of untagged enum Payload')
  const queries = 'queries' in parsed.data ? parsed.data.queries : [parsed.data]
  const asArrays = header(headers, 'neon-array-mode') === 'true'
  return {
    connectionString,
    isBatch: 'queries' in parsed.data,
    statements: queries.map((one) => ({ text: one.query, values: one.params.map(toText), rowsAsArrays: one.arrayMode ?? asArrays })),
    begin,
  }
}

function beginOf(headers: IncomingHttpHeaders): string {
  const level = header(headers, 'neon-batch-isolation-level')
  const isolation = LEVELS.get(level)
  if (level !== '' && isolation === undefined) throw new PlainError('invalid isolation level')
  const modes = [
    ...(isolation === undefined ? [] : [`ISOLATION LEVEL ${isolation}`]),
    ...(header(headers, 'neon-batch-read-only') === 'true' ? ['READ ONLY'] : []),
    ...(header(headers, 'neon-batch-deferrable') === 'true' ? ['DEFERRABLE'] : []),
  ]
  return ['START TRANSACTION', modes.join(', ')].join(' ').trim()
}

function header(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name]
  return typeof value === 'string' ? value : ''
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new PlainError(`could not parse the HTTP request body: ${error instanceof Error ? error.message : ''}`)
  }
}

/** Neon's driver already sends text; of other clients' own JSON, a list becomes an array and anything else its JSON. */
function toText(value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (Array.isArray(value)) return arrayText(value)
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function arrayText(values: readonly unknown[]): string {
  const texts = values.map((value) => {
    if (value === null || value === undefined) return 'NULL'
    if (Array.isArray(value)) return arrayText(value)
    return JSON.stringify(typeof value === 'object' ? JSON.stringify(value) : value)
  })
  return `{${texts.join(',')}}`
}
