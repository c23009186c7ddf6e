import { createHash } from 'node:crypto'
import type { Connection } from 'pg'

/** Which statements each connection has prepared, oldest first. */
const prepared = new WeakMap<Connection, Set<string>>()
const names = new Map<string, string>()

const MAX_PER_CONNECTION = 400
const MAX_NAMES = 5_000

/** A statement's name is a hash of its text, so that the same text is parsed and planned once per connection. */
export function nameOf(text: string): string {
  const known = names.get(text)
  if (known !== undefined) return known
  if (names.size >= MAX_NAMES) names.clear()
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 32)
  names.set(text, name)
  return name
}

export function wasParsed(connection: Connection, name: string): boolean {
  return prepared.get(connection)?.has(name) ?? false
}

export function remember(connection: Connection, name: string): void {
  const of = prepared.get(connection) ?? new Set<string>()
  of.add(name)
  prepared.set(connection, of)
}

/** True once a connection holds so many statements that it is better closed than kept. */
export function isFull(connection: Connection): boolean {
  return (prepared.get(connection)?.size ?? 0) >= MAX_PER_CONNECTION
}

/** After DEALLOCATE ALL nothing is prepared any more. */
export function forgetAll(connection: Connection): void {
  prepared.delete(connection)
}
