import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ROOT } from './environment/root.ts'

const folder = join(ROOT, 'docs/decisions')
const records = readdirSync(folder)

const STATUS = /^\*\*Status:\*\* (?:accepted|replaced by record \d+)\b[^\n]*, \d{4}-\d{2}-\d{2}\b/
/** What a record says beside what was decided. Where nothing was weighed or measured it says so: a reader must not take silence for an answer. */
const PARTS = ['Options', 'Figures', 'Consequence']

describe.each(records)('%s', (file) => {
  const [title = '', , status = '', ...lines] = readFileSync(join(folder, file), 'utf8').split('\n')

  test('has a title with its number, then its status and its date', () => {
    expect(file).toMatch(/^\d{4}(?:-[a-z]+)+\.md$/)
    expect(title).toMatch(new RegExp(`^# ${Number(file.slice(0, 4))}\\. \\S`))
    expect(status).toMatch(STATUS)
  })

  test('says what was weighed, what was measured and what follows', () => {
    const missing = PARTS.filter((part) => !lines.some((line) => new RegExp(`^\\*\\*${part}\\b[^*]*\\*\\*`).test(line)))
    expect(missing).toEqual([])
  })
})

test('each record has a number of its own, and names only records that are there', () => {
  const numbers = records.map((file) => Number(file.slice(0, 4)))
  expect(numbers.length).toBe(new Set(numbers).size)
  const named = records.flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/\brecords? (\d+)/g)].map(([, number]) => Number(number)),
  )
  expect(named.length).toBeGreaterThan(5)
  expect(named.filter((number) => !numbers.includes(number))).toEqual([])
})
