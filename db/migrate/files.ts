import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { MigrationError } from './error.ts'

export interface MigrationFile {
  name: string
  sql: string
  /** SHA-256 of the text, whatever line endings the checkout has. */
  hash: string
}

export function readFile(path: string, name: string): MigrationFile {
  const sql = readFileSync(path, 'utf8').replaceAll('\r\n', '\n')
  return { name, sql, hash: createHash('sha256').update(sql).digest('hex') }
}

/** The migrations of a folder in the order of their numbers. Two files of one number have no order, so they are refused. */
export function readMigrations(folder: string): MigrationFile[] {
  const names = readdirSync(folder)
    .filter((name) => /^\d{4,}_\w+\.sql$/.test(name))
    .toSorted()
  const numbers = new Map<string, string>()
  for (const name of names) {
    const number = name.slice(0, name.indexOf('_'))
    const other = numbers.get(number)
    if (other !== undefined) throw new MigrationError(`The migrations ${other} and ${name} have the same number.`)
    numbers.set(number, name)
  }
  return names.map((name) => readFile(join(folder, name), name))
}
